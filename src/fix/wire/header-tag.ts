/** Tags of the standard header (FIX 4.4 vol. 2, "Standard message header"), group of hops left out. */
const HEADER_TAGS: ReadonlySet<number> = new Set([
  8, 9, 34, 35, 43, 49, 50, 52, 56, 57, 90, 91, 97, 115, 116, 122, 128, 129, 142, 143, 144, 145, 212, 213, 347, 369
])

/** Whether a field of this tag stands in the header of every message. */
export function isHeaderTag(tag: number): boolean {
  return HEADER_TAGS.has(tag)
}
