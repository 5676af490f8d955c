import { seededRandom, type Random } from '../../../src/base/random.js'
import { nanos } from '../../../src/base/time.js'
import { type OrdType, type TimeInForce } from '../../../src/exchange/command.js'
import { type FeedKind } from '../../../src/exchange/instrument.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { instrumentNo, price, quantity, sessionNo, type SessionNo, type Side } from '../../../src/exchange/units.js'
import { feedWriter, hostileWriter, MIDDLE, TICK, type FeedWriter } from './feed-writer.js'
import { type Scenario, type Step } from './step.js'

const FEEDS: readonly FeedKind[] = ['l3', 'l2', 'l1']

type ClientStep = Omit<Extract<Step, { kind: 'command' }>, 'kind' | 'wait'>

/** A random day at a small venue. The same seed gives the same day. */
export function generateScenario(seed: number, length: number): Scenario {
  const random = seededRandom(seed, 'differential')
  const any = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)]
  const feeds = Array.from({ length: any(1, 1, 2) }, () => any(...FEEDS))
  // where products of quantities pass 2^53
  const scale = random.below(6) === 0 ? 4_000_000_000_007 : 1
  const lot = scale === 1 ? any(1, 1, 5) : 1
  const isHostile = random.below(4) === 0
  const isTight = random.below(2) === 0
  const latencies = random.below(2) === 0 ? ([0, 0] as const) : ([any(0, 1, 3), any(0, 2, 5)] as const)
  const models: ModelSettings = {
    preset: any('observer', 'consume', 'consume'),
    queue: random.below(4) === 0 ? { kind: 'riskAverse' } : { kind: 'power', exponent: any(1, 2, 3, 8, 8) },
    latency: { kind: 'constant', inbound: nanos(latencies[0]), outbound: nanos(latencies[1]) },
    seed: 1
  }
  const writers = feeds.map((kind) =>
    isHostile ? hostileWriter(random, scale) : feedWriter(kind, random, scale, isTight)
  )
  const clients = clientWriter(random, feeds.length, lot, scale, isTight)
  const feedShare = any(40, 60, 70)
  const steps = Array.from({ length }, () => anyStep(random, writers, clients, feedShare, isTight))
  return { feeds, lotSize: `${lot}`, models, isHostile, steps }
}

function anyStep(
  random: Random,
  writers: readonly FeedWriter[],
  clients: () => ClientStep,
  feedShare: number,
  isTight: boolean
): Step {
  const wait = random.below(3) < (isTight ? 2 : 1) ? 0 : random.below(3)
  const choice = random.below(100)
  if (choice < feedShare) {
    const instrument = random.below(writers.length)
    return { kind: 'event', wait, instrument, facts: writers[instrument].event() }
  }
  if (choice < 86) return { kind: 'command', wait, ...clients() }
  return choice < 96 ? { kind: 'probe', wait } : { kind: 'advance', wait: random.below(8) }
}

/** What clients send: mostly sensible, sometimes not; mostly of orders that work, sometimes of any id sent before. */
function clientWriter(
  random: Random,
  instruments: number,
  lot: number,
  scale: number,
  isTight: boolean
): () => ClientStep {
  const sent: string[] = []
  const any = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)]
  const rarely = (): boolean => random.below(20) === 0
  const sentBefore = (): string => sent[random.below(sent.length || 1)] ?? 'nobody'
  const anyone = (): SessionNo => sessionNo(random.below(3))
  const newId = (): string => {
    if (random.below(40) === 0) return sentBefore()
    sent.push(`c${sent.length + 1}`)
    return sent[sent.length - 1]
  }
  const qty = (): number => {
    if (rarely()) return any(0, -lot, lot + 1)
    const lots = 1 + random.below(any(3, 10, 40))
    return lots * lot * scale
  }
  /** Clients bid lower and offer higher more often than not, so that most orders rest. */
  const limit = (side: number): number => {
    if (rarely()) return any(0, -TICK, MIDDLE + 1)
    if (isTight && random.below(5) > 0) return MIDDLE - side * TICK * any(1, 1, 1, 2)
    return MIDDLE + TICK * (random.below(6) === 0 ? random.below(9) - 4 : -side * (random.below(5) - 1))
  }
  const tif = (): TimeInForce => any('day', 'day', 'day', 'day', 'gtc', 'gtc', 'gtc', 'ioc', 'fok')
  const mostly = (): { of: number } | undefined => (random.below(8) === 0 ? undefined : { of: random.below(20) })
  const order = (): ClientStep => {
    const ordType: OrdType = random.below(10) === 0 ? 'market' : 'limit'
    const side = any<Side>(1, -1)
    return {
      command: {
        kind: 'new',
        session: anyone(),
        clOrdId: newId(),
        instrument: instrumentNo(random.below(instruments)),
        side,
        ordType,
        timeInForce: tif(),
        orderQty: quantity(qty()),
        price: price(ordType === 'market' ? 0 : limit(side)),
        tags: rarely() ? [[1, 'ACCOUNT']] : []
      }
    }
  }
  const cancel = (): ClientStep => ({
    command: { kind: 'cancel', session: anyone(), clOrdId: newId(), origClOrdId: sentBefore() },
    ...mostly()
  })
  const replace = (): ClientStep => ({
    command: {
      kind: 'replace',
      session: anyone(),
      clOrdId: newId(),
      origClOrdId: sentBefore(),
      orderQty: random.below(2) === 0 ? undefined : quantity(qty()),
      price: random.below(2) === 0 ? undefined : price(limit(any(1, -1))),
      ordType: rarely() ? any<OrdType>('market', 'limit') : undefined,
      timeInForce: random.below(6) > 0 ? undefined : tif(),
      tags: rarely() ? [[583, 'PARENT']] : []
    },
    ...mostly()
  })
  const refuse = (): ClientStep => ({
    command: {
      kind: 'refuse',
      session: anyone(),
      clOrdId: newId(),
      request: any('new', 'cancel', 'replace'),
      origClOrdId: sentBefore(),
      refusal: refusal('PP1007', 'XYZ'),
      tags: []
    },
    ...mostly()
  })
  return () => {
    const choice = random.below(100)
    if (choice < 65) return order()
    if (choice < 75) return cancel()
    if (choice < 94) return replace()
    if (choice < 97) return refuse()
    if (choice < 98 || random.below(2) === 0) {
      return { command: { kind: 'cancelAll', session: anyone(), reason: 'session disconnected' } }
    }
    return { command: { kind: 'endOfDay' } }
  }
}
