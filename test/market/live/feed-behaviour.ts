import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeExchange } from './support/fake-exchange.js'
import type { FeedBench } from './support/feed-bench.js'
import { FeedTrial, type FeedUnderTest } from './support/feed-under-test.js'

/** What every live feed does, over real sockets. */
export function feedBehaviour<T extends FakeExchange>(subject: FeedUnderTest<T>): void {
  describe(subject.name, () => {
    let trial: FeedTrial<T>
    let bench: FeedBench
    let exchange: T

    beforeEach(async () => {
      trial = await FeedTrial.open(subject)
      ;({ bench, exchange } = trial)
    })

    afterEach(async () => {
      await trial.close()
      expect(trial.wrong).toEqual([])
    })

    const same = (): Promise<void> => bench.until(() => trial.same)
    const connect = (): Promise<void> => trial.connect()

    it('connects, takes the whole book, and says that it is live', async () => {
      expect(bench.feed?.status.instruments).toEqual([{ symbol: 'ACME', state: 'down', reason: 'not connected yet' }])
      await connect()
      expect(bench.venue.told).toEqual([
        'ACME syncing: waiting for the book',
        'clear, bid 10010 x 5000, bid 10009 x 1500, ask 10012 x 7000, ask 10013 x 2250',
        'ACME live'
      ])
      expect(bench.venue.levels()).toEqual(exchange.truth)
      expect(bench.feed?.status).toMatchObject({ connected: true, connections: 1, losses: 0 })
    })

    it('tells changes and prints, each as one event, with the exchange’s time beside its own', async () => {
      await connect()
      const from = bench.venue.told.length
      exchange.change(
        [
          ['100.10', '4.5'],
          ['100.09', '0']
        ],
        [['100.11', '1']]
      )
      exchange.trade('100.11', '0.250', 'buy')
      exchange.change([], [['100.11', '0.75']])
      await bench.until(() => bench.venue.told.length === from + 3)
      expect(bench.venue.told.slice(from)).toEqual([
        'bid 10010 x 4500, bid 10009 x 0, ask 10011 x 1000',
        `trade ${subject.anonymousPrints ? 0 : 1} @ 10011 x 250`,
        'ask 10011 x 750'
      ])
      expect(bench.venue.levels()).toEqual(exchange.truth)
      expect(bench.venue.times.every((time) => time === bench.clock.now())).toBe(true)
      expect(bench.venue.exchangeTimes.at(-1)).not.toBeUndefined()
      expect(bench.feed?.status.clockOffset).not.toBeUndefined()
    })

    it('clears the book when the connection ends, connects again after growing pauses, and takes the book anew', async () => {
      await connect()
      await exchange.stop()
      await bench.until(() => bench.state === 'down')
      expect(bench.venue.levels()).toEqual([])
      exchange.change([['100.08', '9']])
      const failures = (): number => bench.log.filter((line) => line.startsWith('disconnected')).length
      let before = failures()
      for (const pause of [1, 2]) {
        bench.pass(pause - 0.1)
        await new Promise((resolve) => setImmediate(resolve))
        expect(failures()).toBe(before)
        bench.pass(0.1)
        await bench.until(() => failures() > before)
        before = failures()
      }
      await exchange.start()
      bench.pass(30)
      await same()
      expect(bench.feed?.status.connections).toBe(2)
    })

    it('is stale when nothing is heard, and live again, whole, with the next message', async () => {
      await connect()
      bench.pass(9.9)
      expect(bench.state).toBe('live')
      // So late that no answer to a ping can have come.
      bench.clock.advance(3e9)
      bench.feed?.tick()
      expect(bench.state).toBe('stale')
      expect(bench.venue.levels()).toEqual([])
      exchange.change([['100.10', '1']])
      await same()
      expect(bench.venue.told.slice(-3)).not.toContain('ACME stale')
      expect(bench.feed?.status.losses).toBe(1)
    })

    it('asks again for a book that does not come', async () => {
      exchange.mute = true
      bench.feed?.start()
      await bench.until(() => exchange.requests === 1)
      exchange.mute = false
      for (let second = 0; second < 9; second++) {
        exchange.sign()
        bench.pass(1)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      expect([exchange.requests, bench.state]).toEqual([1, 'syncing'])
      exchange.sign()
      bench.pass(1.1)
      await same()
      expect(exchange.requests).toBe(2)
    })

    it('does not trust a book with a price off the tick', async () => {
      await connect()
      exchange.change([['100.105', '3']])
      await bench.until(() => bench.log.some((line) => line.includes('off the tick: check its tickSize')))
      expect(bench.venue.levels()).toEqual([])
      // The book that is asked for at once has the price as well; then after 1 s, 2 s.
      await bench.until(() => exchange.requests === 2)
      exchange.change([['100.105', '0']])
      await new Promise((resolve) => setTimeout(resolve, 5))
      bench.pass(1)
      await same()
    })

    it('does not trust a crossed book', async () => {
      await connect()
      exchange.change([['100.12', '1']])
      await bench.until(() => bench.log.some((line) => line.includes('crossed: something is missing')))
      expect(bench.venue.levels()).toEqual([])
      exchange.change([['100.12', '0']])
      await new Promise((resolve) => setTimeout(resolve, 5))
      bench.pass(1)
      await same()
    })

    it('keeps up with a burst, and tells every change of it', async () => {
      await connect()
      const from = bench.venue.told.length
      for (let i = 0; i < 3000; i++) exchange.change([[`${(99 + (i % 20) / 100).toFixed(2)}`, `${1 + (i % 7)}`]])
      await bench.until(() => bench.venue.told.length === from + 3000)
      await same()
      expect(exchange.requests).toBe(1)
    })

    it('tells no print without a book', async () => {
      exchange.mute = true
      bench.feed?.start()
      await bench.until(() => exchange.requests === 1)
      exchange.trade('100.11', '0.250', 'buy')
      exchange.sign()
      await bench.until(() => (bench.feed?.status.messages ?? 0) >= 1)
      expect(bench.venue.told).toEqual(['ACME syncing: waiting for the book'])
    })

    it('leaves no timer or connection behind when it is stopped', async () => {
      await connect()
      bench.feed?.stop()
      expect(bench.venue.levels()).toEqual([])
      expect(bench.state).toBe('down')
      bench.pass(100)
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect([exchange.connections, bench.state]).toEqual([1, 'down'])
    })

    it('loses the book where a message is missing, and has it again at once', async () => {
      await connect()
      exchange.lose([['100.10', '2']])
      exchange.change([['100.09', '3']])
      await same()
      expect(bench.feed?.status.losses).toBe(1)
      const lost = bench.venue.told.findIndex((text) => text.startsWith('ACME syncing') && !text.includes('waiting'))
      expect(bench.venue.told[lost - 1]).toBe('clear')
      expect(exchange.requests).toBe(2)
    })

    it('asks less and less often where messages are missing again and again', async () => {
      await connect()
      let lost = 1
      const loseOne = async (): Promise<void> => {
        exchange.lose([['100.10', `${++lost}`]])
        exchange.change([['100.09', '3']])
        await bench.until(() => bench.state === 'syncing')
      }
      exchange.lose([['100.10', '1']])
      exchange.change([['100.09', '4']])
      await bench.until(() => exchange.requests === 2)
      await same()
      for (const [pause, requests] of [
        [1, 3],
        [2, 4],
        [4, 5]
      ]) {
        await loseOne()
        bench.pass(pause - 0.1)
        await new Promise((resolve) => setTimeout(resolve, 5))
        expect(exchange.requests).toBe(requests - 1)
        exchange.sign()
        bench.pass(0.1)
        await same()
        expect(exchange.requests).toBe(requests)
      }
    })
  })
}
