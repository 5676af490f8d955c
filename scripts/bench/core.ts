/**
 * The exchange core by itself, in one thread: no FIX, no journal, no network, no clock.
 *
 *   tsx scripts/bench/core.ts [--commands 500000] [--facts 1000000] [--rounds 5]
 *
 * 1. Mixed commands at 1,000 resting orders: 9 % new GTC limits, 3 % IOC, 6 % cancels, 82 % moves (replace of the price),
 *    the mix of exchange-core's margin test. Reference: nodejs-order-book, the same stream in the same run, round by
 *    round in turns. It checks no duplicate ids over the day, keeps one id per order and makes no reports; the exchange
 *    does all that, and both must end with the same book.
 * 2. Facts of a feed through the sink (each closed by `eventEnd`) with consumption on, L2 and L3, over the number of
 *    client orders that rest where the feed moves. The reference is the same feed without client orders.
 *
 * Rates are per second of processor time, garbage collection included, so that a busy machine disturbs them less.
 * What is left out: building the streams, bringing the book to its orders, and one round of commands that warms up.
 */
import { parseArgs } from 'node:util'
import { nanos } from '../../src/base/time.js'
import { type Exchange } from '../../src/exchange/exchange.js'
import { createExchange } from '../../src/exchange/matching-exchange.js'
import { BUY, instrumentNo, SELL } from '../../src/exchange/units.js'
import {
  benchInstrument,
  commandStream,
  CountingListener,
  MIX,
  MODELS,
  RESTING,
  runExchange
} from './core/command-mix.js'
import { feed, levelStream, orderStream, type FeedStream } from './core/feed-stream.js'
import { peerRunner } from './core/order-book-peer.js'
import { ratePerProcessorSecond } from './core/processor-time.js'
import { restClients } from './core/resting-clients.js'

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '500000' },
    facts: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' }
  }
})
const rounds = Number(values.rounds)

const millions = (rate: number): string => (rate / 1e6).toFixed(2).padStart(6)

interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b)
  return { min: sorted[0], median: sorted[sorted.length >> 1], max: sorted[sorted.length - 1] }
}

function row(what: string, samples: readonly number[], unit: string): Spread {
  const { min, median, max } = spread(samples)
  console.log(`  ${what.padEnd(34)} ${[min, median, max].map(millions).join(' ')}  M ${unit}/s (min median max)`)
  return { min, median, max }
}

function newExchange(kind: 'l2' | 'l3'): Exchange {
  return createExchange({ instruments: [benchInstrument(kind)], models: MODELS, listener: new CountingListener() })
}

function benchCommands(count: number): void {
  const mix = Object.entries(MIX).map(([kind, share]) => `${share} % ${kind}`)
  console.log(`${count} commands at ${RESTING} resting orders: ${mix.join(', ')}`)
  const stream = commandStream(count)
  const runPeer = peerRunner(stream)
  const own: number[] = []
  const peer: number[] = []
  const ratios: number[] = []
  runExchange(newExchange('l2'), stream)
  runPeer()
  for (let round = 0; round < rounds; round++) {
    const exchange = newExchange('l2')
    own.push(runExchange(exchange, stream))
    const { rate, levels } = runPeer()
    peer.push(rate)
    ratios.push(own[round] / rate)
    const depth = [BUY, SELL].flatMap((side) => exchange.depth(instrumentNo(0), side, Number.POSITIVE_INFINITY))
    const same = JSON.stringify(depth.map(({ price, qty }) => [price, qty]).sort(([a], [b]) => a - b))
    if (same !== JSON.stringify(levels)) throw new Error('the two books do not hold the same in the end')
  }
  row('exchange', own, 'commands')
  row('nodejs-order-book', peer, 'commands')
  const { min, median, max } = spread(ratios)
  console.log(
    `  ratio of each round: ${[min, median, max].map((ratio) => ratio.toFixed(1)).join(' ')} (min median max)`
  )
}

function benchFeed(kind: 'l2' | 'l3', stream: FeedStream, setup: number): void {
  console.log(`${stream.length - setup} facts, ${kind.toUpperCase()}, by client orders that rest where the feed moves`)
  let bare = Number.NaN
  for (const clients of [0, 10, 1_000, 100_000]) {
    const samples: number[] = []
    let fills = 0
    for (let round = 0; round < rounds; round++) {
      const listener = new CountingListener()
      const exchange = createExchange({ instruments: [benchInstrument(kind)], models: MODELS, listener })
      let fed = 0
      restClients(exchange, clients, () => {
        feed(exchange, stream, fed, ++fed)
        return nanos(stream.time[fed - 1])
      })
      feed(exchange, stream, fed, setup)
      const before = listener.events
      samples.push(ratePerProcessorSecond(stream.length - setup, () => feed(exchange, stream, setup, stream.length)))
      fills = listener.events - before
    }
    const { median } = row(`${clients} client orders, ${fills} fills`, samples, 'facts')
    if (clients === 0) bare = median
    else console.log(`  ${''.padEnd(34)} ${(bare / median).toFixed(2)} times the cost without client orders`)
  }
}

const facts = Number(values.facts)
const setup = 120_000
benchCommands(Number(values.commands))
benchFeed('l2', levelStream(facts + setup), setup)
benchFeed('l3', orderStream(facts + setup), setup)
