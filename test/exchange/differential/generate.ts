import { seededRandom, type Random } from '../../../src/base/random.js'
import { nanos } from '../../../src/base/time.js'
import { type OrdType, type TimeInForce } from '../../../src/exchange/command.js'
import { type FeedKind } from '../../../src/exchange/instrument.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { instrumentNo, price, quantity, sessionNo, type Side } from '../../../src/exchange/units.js'
import { feedWriter, hostileWriter, MIDDLE, TICK, type FeedWriter } from './feed-writer.js'
import { type Scenario, type Step } from './step.js'

const FEEDS: readonly FeedKind[] = ['l3', 'l2', 'l1']

type CommandStep = Extract<Step, { kind: 'command' }>['command']

/** A random day at a small venue. The same seed gives the same day. */
export function generateScenario(seed: number, length: number): Scenario {
  const random = seededRandom(seed, 'differential')
  const any = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)]
  const feeds = Array.from({ length: any(1, 1, 2) }, () => any(...FEEDS))
  // where products of quantities pass 2^53
  const scale = random.below(6) === 0 ? 4_000_000_000_007 : 1
  const lot = scale === 1 ? any(1, 1, 5) : 1
  const isHostile = random.below(3) === 0
  const latencies = random.below(2) === 0 ? ([0, 0] as const) : ([any(0, 1, 3), any(0, 2, 5)] as const)
  const models: ModelSettings = {
    preset: any('observer', 'consume', 'consume'),
    queue: any({ kind: 'riskAverse' } as const, { kind: 'power', exponent: any(1, 2, 3, 8) } as const),
    latency: { kind: 'constant', inbound: nanos(latencies[0]), outbound: nanos(latencies[1]) },
    seed: 1
  }
  const writers = feeds.map((kind) => (isHostile ? hostileWriter(random, scale) : feedWriter(kind, random, scale)))
  const clients = clientWriter(random, feeds.length, lot, scale)
  const feedShare = any(40, 60, 75)
  const steps = Array.from({ length }, () => anyStep(random, writers, clients, feedShare))
  return { feeds, lotSize: `${lot}`, models, isHostile, steps }
}

function anyStep(random: Random, writers: readonly FeedWriter[], clients: () => CommandStep, feedShare: number): Step {
  const wait = random.below(3) === 0 ? 0 : random.below(3)
  const choice = random.below(100)
  if (choice < feedShare) {
    const instrument = random.below(writers.length)
    return { kind: 'event', wait, instrument, facts: writers[instrument].event() }
  }
  if (choice < 96) return { kind: 'command', wait, command: clients() }
  return { kind: 'advance', wait: random.below(8) }
}

/** An order as its client believes it stands. */
interface BelievedOrder {
  readonly session: number
  clOrdId: string
}

/** What clients send: mostly sensible, sometimes not. They do not know what became of their orders. */
function clientWriter(random: Random, instruments: number, lot: number, scale: number): () => CommandStep {
  const sent: BelievedOrder[] = []
  let believed: BelievedOrder[] = []
  const any = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)]
  const rarely = (): boolean => random.below(20) === 0
  const newId = (session: number): string => {
    const again = sent[random.below(sent.length || 1)]
    const clOrdId = again && random.below(30) === 0 ? again.clOrdId : `c${sent.length + 1}`
    sent.push({ session, clOrdId })
    return clOrdId
  }
  const qty = (): number => {
    if (rarely()) return any(0, -lot, lot + 1)
    const lots = 1 + random.below(any(3, 10, 40))
    return lots * lot * scale
  }
  /** Clients bid lower and offer higher more often than not, so that most orders rest. */
  const limit = (side: number): number => {
    if (rarely()) return any(0, -TICK, MIDDLE + 1)
    return MIDDLE + TICK * (random.below(6) === 0 ? random.below(9) - 4 : -side * (random.below(5) - 1))
  }
  const tif = (): TimeInForce => any('day', 'day', 'day', 'day', 'gtc', 'gtc', 'gtc', 'ioc', 'fok')
  const named = (): BelievedOrder => {
    const anyone = sent[random.below(sent.length || 1)] ?? { session: 0, clOrdId: 'nobody' }
    return random.below(10) === 0 ? anyone : (believed[random.below(believed.length || 1)] ?? anyone)
  }
  const order = (): CommandStep => {
    const session = sessionNo(random.below(3))
    const ordType: OrdType = random.below(10) === 0 ? 'market' : 'limit'
    const side = any<Side>(1, -1)
    const timeInForce = tif()
    const clOrdId = newId(session)
    if (ordType === 'limit' && (timeInForce === 'day' || timeInForce === 'gtc')) believed.push({ session, clOrdId })
    if (believed.length > 8) believed.splice(random.below(4), 1)
    return {
      kind: 'new',
      session,
      clOrdId,
      instrument: instrumentNo(random.below(instruments)),
      side,
      ordType,
      timeInForce,
      orderQty: quantity(qty()),
      price: price(ordType === 'market' ? 0 : limit(side)),
      tags: rarely() ? [[1, 'ACCOUNT']] : []
    }
  }
  const cancel = (): CommandStep => {
    const target = named()
    if (random.below(4) > 0) believed = believed.filter((other) => other !== target)
    const { session, clOrdId } = target
    return { kind: 'cancel', session: sessionNo(session), clOrdId: newId(session), origClOrdId: clOrdId }
  }
  const replace = (): CommandStep => {
    const target = named()
    const { session, clOrdId: origClOrdId } = target
    const nothing = random.below(3) === 0
    const clOrdId = newId(session)
    if (random.below(12) > 0) target.clOrdId = clOrdId
    return {
      kind: 'replace',
      session: sessionNo(session),
      clOrdId,
      origClOrdId,
      orderQty: nothing || random.below(2) === 0 ? undefined : quantity(qty()),
      price: nothing || random.below(2) === 0 ? undefined : price(limit(any(1, -1))),
      ordType: rarely() ? any<OrdType>('market', 'limit') : undefined,
      timeInForce: nothing || random.below(6) > 0 ? undefined : tif(),
      tags: rarely() ? [[583, 'PARENT']] : []
    }
  }
  const refuse = (): CommandStep => {
    const { session, clOrdId } = named()
    return {
      kind: 'refuse',
      session: sessionNo(session),
      clOrdId: newId(session),
      request: any('new', 'cancel', 'replace'),
      origClOrdId: clOrdId,
      refusal: refusal('PP1007', 'XYZ'),
      tags: []
    }
  }
  return () => {
    const choice = random.below(100)
    if (choice < 55) return order()
    if (choice < 64) return cancel()
    if (choice < 94) return replace()
    if (choice < 97) return refuse()
    if (choice < 98 || random.below(2) === 0)
      return { kind: 'cancelAll', session: sessionNo(random.below(3)), reason: 'session disconnected' }
    return { kind: 'endOfDay' }
  }
}
