import { type QueueModel } from './queue-model.js'

/**
 * Only prints advance an order, and a level that shows less than V: every cancellation is taken to stand behind. The
 * most patient assumption; it fills later than a real order would where others cancel ahead of it.
 */
export const riskAverseQueue: QueueModel = { leftAhead: () => 0 }
