import { type FixMessage } from '../wire/fix-message.js'
import { type Routing } from '../wire/header-template.js'
import { Tag } from '../wire/tag.js'

const ROUTING_TAGS = [
  Tag.OnBehalfOfCompID,
  Tag.OnBehalfOfSubID,
  Tag.OnBehalfOfLocationID,
  Tag.DeliverToCompID,
  Tag.DeliverToSubID,
  Tag.DeliverToLocationID
] as const

/**
 * The routing of answers to `message` (FIX 4.4 vol. 1, "FIX message routing"): on whose behalf it came is whom the answer
 * is delivered to, and the other way round. Undefined for a message that is not routed; empty fields are left out.
 */
export function reverseRouting(message: FixMessage): Routing | undefined {
  if (!ROUTING_TAGS.some((tag) => message.has(tag))) return undefined
  return {
    onBehalfOfCompId: message.string(Tag.DeliverToCompID),
    onBehalfOfSubId: message.string(Tag.DeliverToSubID),
    onBehalfOfLocationId: message.string(Tag.DeliverToLocationID),
    deliverToCompId: message.string(Tag.OnBehalfOfCompID),
    deliverToSubId: message.string(Tag.OnBehalfOfSubID),
    deliverToLocationId: message.string(Tag.OnBehalfOfLocationID)
  }
}
