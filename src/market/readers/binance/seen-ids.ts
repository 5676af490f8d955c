/** Ids that were seen. They mostly follow one another, so ranges of them take no room. */
export class SeenIds {
  /** In order, with gaps between them. */
  readonly #ranges: { from: number; to: number }[] = []

  /** @returns whether the id is new. */
  add(id: number): boolean {
    const ranges = this.#ranges
    let at = ranges.length
    while (at > 0 && ranges[at - 1].from > id) at--
    const before = at > 0 ? ranges[at - 1] : undefined
    const after = at < ranges.length ? ranges[at] : undefined
    if (before && id <= before.to) return false
    const meetsAfter = after?.from === id + 1
    if (before?.to === id - 1) {
      before.to = meetsAfter ? after.to : id
      if (meetsAfter) ranges.splice(at, 1)
    } else if (meetsAfter) after.from = id
    else ranges.splice(at, 0, { from: id, to: id })
    return true
  }
}
