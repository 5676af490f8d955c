import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/base/time.js'
import type { FakeExchange } from './support/fake-exchange.js'
import { STALE_AFTER } from './support/feed-bench.js'
import { FeedTrial, type FeedUnderTest } from './support/feed-under-test.js'

/** What every live feed does with messages that come twice, late, not at all, slowly, or too late to be true, over real sockets. */
export function feedFaults<T extends FakeExchange>(subject: FeedUnderTest<T>): void {
  describe(`${subject.name}, over a bad line`, () => {
    let trial: FeedTrial<T>
    let exchange: T
    const { twice, overtaken } = subject

    beforeEach(async () => {
      trial = await FeedTrial.open(subject)
      exchange = trial.exchange
    })

    afterEach(async () => {
      await trial.close()
      if (overtaken === 'missing') expect(trial.wrong).toEqual([])
    })

    const prints = (): string[] => trial.bench.venue.told.filter((text) => text.startsWith('trade'))
    const losses = (): number => trial.bench.feed?.status.losses ?? 0
    const heard = (messages: number): Promise<void> =>
      trial.bench.until(() => (trial.bench.feed?.status.messages ?? 0) >= messages)

    it('takes a change that comes twice once, or as the same again', async () => {
      await trial.connect()
      const from = trial.bench.venue.told.length
      exchange.next('twice')
      exchange.change([['100.10', '2']])
      if (twice === 'session') await trial.bench.until(() => trial.bench.state === 'down')
      await trial.recover()
      exchange.change([['100.10', '3']])
      await trial.recover()
      const told = trial.bench.venue.told.slice(from).filter((text) => text === 'bid 10010 x 2000')
      expect(told).toHaveLength(twice === 'same' ? 2 : 1)
      expect(losses()).toBe(twice === 'session' ? 1 : 0)
    })

    it('takes a change that comes again behind newer ones for none', async () => {
      await trial.connect()
      exchange.change([['100.10', '2']])
      exchange.change([['100.10', '3']])
      exchange.change([['100.09', '4']])
      await trial.recover()
      exchange.again(2)
      if (twice !== 'number') await trial.bench.until(() => trial.bench.state !== 'live')
      await trial.recover()
      exchange.change([['100.09', '5']])
      await trial.recover()
      expect(losses()).toBe(twice === 'number' ? 0 : 1)
      expect(trial.wrong).toEqual([])
    })

    it('does not tell a print twice, at once or later, or over a loss of the book', async () => {
      await trial.connect()
      exchange.next('twice')
      exchange.trade('100.12', '0.5', 'buy')
      if (twice === 'session') await trial.bench.until(() => trial.bench.state === 'down')
      await trial.recover()
      exchange.trade('100.12', '0.25', 'buy')
      await trial.bench.until(() => prints().length === 2)
      exchange.lose([['100.10', '2']])
      exchange.change([['100.09', '3']])
      await trial.bench.until(() => trial.bench.state !== 'live' || exchange.requests > 1)
      await trial.recover()
      const before = trial.bench.feed?.status.messages ?? 0
      exchange.again(1)
      if (twice === 'session') await trial.bench.until(() => trial.bench.state === 'down')
      else await heard(before + 1)
      await trial.recover()
      expect(prints().map((text) => text.slice(-12))).toEqual([' 10012 x 500', ' 10012 x 250'])
    })

    it('tells prints that overtake each other once at most', async () => {
      await trial.connect()
      exchange.next('late')
      exchange.trade('100.12', '0.5', 'buy')
      exchange.trade('100.12', '0.25', 'buy')
      exchange.deliver()
      exchange.change([['100.10', '2']])
      await trial.recover()
      exchange.change([['100.10', '3']])
      await trial.recover()
      const told = prints()
      expect(new Set(told).size).toBe(told.length)
    })

    it('finds the book again behind a change that was overtaken', async () => {
      await trial.connect()
      exchange.next('late')
      exchange.change([['100.10', '2']])
      exchange.change([['100.09', '4']])
      exchange.deliver()
      await trial.bench.until(() => trial.bench.state !== 'live' || losses() > 0)
      await trial.recover()
      exchange.change([['100.10', '3']])
      await trial.recover()
      expect(losses()).toBeGreaterThan(0)
    })

    it('finds the book again behind a message that never came', async () => {
      await trial.connect()
      if (overtaken === 'missing') {
        exchange.next('never')
        exchange.change([['100.10', '2']])
      } else exchange.lose([['100.10', '2']])
      exchange.change([['100.09', '4']])
      await trial.bench.until(() => losses() > 0)
      await trial.recover()
      expect(losses()).toBe(1)
    })

    it('does not take a book that is older than what came before it', async () => {
      await trial.connect()
      exchange.change([['100.10', '2']])
      exchange.change([['100.10', '3']])
      await trial.recover()
      exchange.snapshotAge = 2
      exchange.lose([['100.10', '4']])
      exchange.change([['100.09', '4']])
      await trial.bench.until(() => exchange.requests === 2)
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect([trial.bench.state, trial.bench.venue.levels()]).toEqual(['syncing', []])
      exchange.change([['100.09', '5']])
      exchange.snapshotAge = 0
      await trial.recover()
      expect(exchange.requests).toBeGreaterThan(2)
      expect(trial.wrong).toEqual([])
    })

    it('reads what comes in pieces of a few bytes', async () => {
      const line = await exchange.trickle()
      trial.bench.feed = subject.feed(trial.bench, exchange)
      await trial.connect()
      for (let i = 1; i <= 20; i++) exchange.change([['100.10', `${i}`]], [['100.12', `${i}.125`]])
      exchange.trade('100.12', '0.5', 'buy')
      await trial.bench.until(() => prints().length === 1)
      expect([trial.same, losses()]).toEqual([true, 0])
      line.close()
    })

    it.skipIf(subject.ownTimes)('has no book while what comes is old, and has it when it is fresh again', async () => {
      await trial.connect()
      exchange.change([['100.10', '2']])
      await trial.recover()
      trial.bench.clock.advance(12 * SECOND)
      exchange.delay = 12
      exchange.change([['100.10', '3']])
      await trial.bench.until(() => trial.bench.state === 'stale')
      expect(trial.bench.venue.levels()).toEqual([])
      exchange.delay = 0
      exchange.change([['100.10', '4']])
      await trial.bench.until(() => trial.same)
      expect([losses(), trial.bench.feed?.status.connections]).toEqual([1, 1])
    })

    it.skipIf(subject.ownTimes)('connects anew where the feed stays behind', async () => {
      await trial.connect()
      exchange.change([['100.10', '2']])
      await trial.recover()
      trial.bench.clock.advance(12 * SECOND)
      exchange.delay = 12
      exchange.change([['100.10', '3']])
      await trial.bench.until(() => trial.bench.state === 'stale')
      for (let passed = 0; passed < 2 * STALE_AFTER; passed += SECOND) {
        expect(trial.bench.feed?.status.connections).toBe(1)
        exchange.sign()
        trial.bench.pass(1)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      await trial.recover()
      expect(trial.bench.feed?.status.connections).toBe(2)
    })
  })
}
