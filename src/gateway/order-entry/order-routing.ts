import type { OrderTags } from '../../exchange/command.js'
import type { Routing } from '../../fix/wire/header-template.js'
import { Tag } from '../../fix/wire/tag.js'

/**
 * Header fields that an order keeps among its tags, as its client sent them: on whose behalf it came, and whom it was to be
 * delivered to. They lead every report back (FIX 4.4 vol. 1, "FIX message routing").
 */
export const ROUTING_TAGS: readonly number[] = [
  Tag.OnBehalfOfCompID,
  Tag.OnBehalfOfSubID,
  Tag.DeliverToCompID,
  Tag.DeliverToSubID,
  Tag.OnBehalfOfLocationID,
  Tag.DeliverToLocationID
]

const isRouting = (tag: number): boolean => ROUTING_TAGS.includes(tag)

/** Whether a kept tag is for the header, or the order's own, and no field of a report's body that the client gave. */
export const isBehindTheScenes = (tag: number): boolean => tag === Tag.OrderID || isRouting(tag)

/** The way back of an order's reports; undefined for an order that was not routed. */
export function routingOf(tags: OrderTags): Routing | undefined {
  if (!tags.some(([tag]) => isRouting(tag))) return undefined
  const value = (wanted: number): string | undefined => tags.find(([tag]) => tag === wanted)?.[1]
  return {
    onBehalfOfCompId: value(Tag.DeliverToCompID),
    onBehalfOfSubId: value(Tag.DeliverToSubID),
    onBehalfOfLocationId: value(Tag.DeliverToLocationID),
    deliverToCompId: value(Tag.OnBehalfOfCompID),
    deliverToSubId: value(Tag.OnBehalfOfSubID),
    deliverToLocationId: value(Tag.OnBehalfOfLocationID)
  }
}

/**
 * The tags of a replace: those it brings, and what stays with the order whatever a replace says: its OrderID where it has
 * one of its own, and its way back unless the replace brings another.
 */
export function replacingTags(tags: OrderTags, old: OrderTags): OrderTags {
  const routed = tags.some(([tag]) => isRouting(tag))
  const stays = old.filter(([tag]) => tag === Tag.OrderID || (!routed && isRouting(tag)))
  return stays.length === 0 ? tags : [...tags, ...stays].sort(([a], [b]) => a - b)
}
