import { seededRandom, type Random } from '../../../src/base/random.js'
import { type FeedKind } from '../../../src/exchange/instrument.js'
import { ClientWriter } from './client-writer.js'
import { feedWriter, hostileWriter, type FeedWriter } from './feed-writer.js'
import { anyModels, anyRules } from './settings-writer.js'
import { type Scenario, type Step } from './step.js'

const FEEDS: readonly FeedKind[] = ['l3', 'l2', 'l1']

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
  const isPlain = random.below(4) === 0
  const models = anyModels(random)
  const rules = isPlain ? {} : anyRules(random)
  const writers = feeds.map((kind) =>
    isHostile ? hostileWriter(random, scale) : feedWriter(kind, random, scale, isTight)
  )
  const clients = new ClientWriter(random, { instruments: feeds.length, lot, scale, isTight, isPlain, length })
  const feedShare = any(40, 60, 70)
  const steps = Array.from({ length }, () => anyStep(random, writers, clients, feedShare, isTight))
  return { feeds, lotSize: `${lot}`, rules, models, isHostile, isPlain, steps }
}

function anyStep(
  random: Random,
  writers: readonly FeedWriter[],
  clients: ClientWriter,
  feedShare: number,
  isTight: boolean
): Step {
  const wait = random.below(3) < (isTight ? 2 : 1) ? 0 : random.below(3)
  const choice = random.below(100)
  if (choice < feedShare) {
    const instrument = random.below(writers.length)
    return { kind: 'event', wait, instrument, facts: writers[instrument].event() }
  }
  if (choice < 86) return { kind: 'command', wait, ...clients.next() }
  return choice < 96 ? { kind: 'probe', wait } : { kind: 'advance', wait: random.below(8) }
}
