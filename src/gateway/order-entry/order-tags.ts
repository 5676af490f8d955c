import type { OrderTags } from '../../exchange/command.js'
import { Tag } from '../../fix/wire/tag.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import { isBehindTheScenes, ROUTING_TAGS } from './order-routing.js'

/** FIX 4.4 fields that an order carries for its client; every report repeats them, or goes the way they tell. */
const KEPT: readonly number[] = [Tag.Account, ...ROUTING_TAGS, Tag.SecondaryClOrdID, Tag.OrderCapacity, Tag.ClOrdLinkID]

/** First of the user-defined tags; all of them are kept with the order. */
const USER_DEFINED = 5000

const NONE: OrderTags = []

/** The facts that go with an order, in ascending tag order. */
export function orderTagsOf(message: FixMessage): OrderTags {
  let tags: [number, string][] | undefined
  for (const tag of KEPT) {
    const value = message.string(tag)
    if (value !== undefined) (tags ??= []).push([tag, value])
  }
  if (message.hasUserDefined) {
    message.forEach((tag, value) => {
      if (tag >= USER_DEFINED) (tags ??= []).push([tag, value])
    })
    tags?.sort(([a], [b]) => a - b)
  }
  return tags ?? NONE
}

/**
 * Writes kept tags between the fields of a report, so that the body stays in ascending tag order.
 * @returns the position behind the tags below `before`.
 */
export function writeOrderTags(out: MessageWriter, tags: OrderTags, from: number, before: number): number {
  let at = from
  for (; at < tags.length && tags[at][0] < before; at++) {
    const [tag, value] = tags[at]
    if (!isBehindTheScenes(tag)) out.string(tag, value)
  }
  return at
}
