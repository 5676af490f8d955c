import type { Logger } from 'pino'
import type { FeedEvent, FeedLog } from '../../market/live/feed.js'

/** What deserves more than a line of information. */
const WARNINGS: ReadonlySet<FeedEvent> = new Set<FeedEvent>(['disconnected', 'gap', 'stale', 'fault', 'refused'])

/** What happens to live feeds as lines of the venue's log. Others' words are in it: what would move a terminal is left out. */
export function feedLog(logger: Logger): FeedLog {
  return {
    event(feed, event, said) {
      const text = said.replace(/\p{Cc}+/gu, ' ').trim()
      if (WARNINGS.has(event)) logger.warn({ feed, event }, text)
      else logger.info({ feed, event }, text)
    }
  }
}
