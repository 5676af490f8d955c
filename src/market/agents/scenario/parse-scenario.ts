import { parseDuration } from '../../../base/duration.js'
import { parseYaml, type ParsedYaml } from '../../../base/parse-yaml.js'
import { nanos, SECOND, type Nanos } from '../../../base/time.js'
import { UserError } from '../../../base/user-error.js'
import { decimalsOf, parseDecimal } from '../../../base/decimal.js'
import { instrument, type InstrumentTerms } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import { AGENT_DEFAULTS } from './agent-defaults.js'
import type { AgentMix, Happening, Scenario, ScenarioInstrument, TimelineEntry } from './scenario.js'
import { ScenarioSchema, type ScenarioFile } from './scenario-schema.js'

type Complain = (path: string, message: string) => never

/**
 * Reads the text of a scenario.
 * @param file named in errors
 * @throws UserError with file:line:column where the text is no YAML, a key or value is wrong, or parts contradict each other
 */
export function parseScenario(text: string, file: string, name: string): Scenario {
  const { value, positionOf } = read(text, file)
  const complain: Complain = (path, message) => {
    throw new UserError(`${path} ${message}`, positionOf(path))
  }
  const symbols = value.instruments.map(({ symbol }) => symbol)
  symbols.forEach((symbol, i) => {
    if (symbols.indexOf(symbol) !== i) complain(`/instruments/${i}/symbol`, `is ${symbol} once more`)
  })
  if (Object.keys(value.agents).length === 0)
    complain('/agents', 'must name a kind of agents: without any nothing trades')
  const timeline = (value.timeline ?? []).map((entry, i) => timelineEntry(entry, `/timeline/${i}`, symbols, complain))
  const repeat = value.repeat === undefined ? undefined : durationOf(value.repeat)
  timeline.forEach(({ at, happening }, i) => {
    const end = at + (happening.kind === 'outage' ? happening.duration : 0)
    if (repeat !== undefined && end >= repeat)
      complain(`/timeline/${i}/at`, `must be over before the timeline repeats, behind ${value.repeat}`)
  })
  return {
    name,
    about: value.about ?? '',
    seed: value.seed ?? 1,
    instruments: value.instruments.map((each, i) => scenarioInstrument(each, `/instruments/${i}`, complain)),
    agents: agentMix(value.agents),
    timeline: timeline.toSorted((a, b) => a.at - b.at),
    repeat
  }
}

function read(text: string, file: string): ParsedYaml<ScenarioFile> {
  return parseYaml(text, file, ScenarioSchema)
}

function scenarioInstrument(
  each: ScenarioFile['instruments'][number],
  path: string,
  complain: Complain
): ScenarioInstrument {
  const { symbol, tickSize = '0.01', lotSize = '1', currency = 'USD', market = 'XPPT' } = each
  const terms: InstrumentTerms = {
    symbol,
    tickSize,
    lotSize,
    priceScale: decimalsOf(tickSize),
    quantityScale: decimalsOf(lotSize),
    feed: 'l3',
    currency,
    market
  }
  try {
    instrument(instrumentNo(0), terms)
  } catch (error) {
    complain(path, `is no instrument: ${(error as Error).message}`)
  }
  const price = parseDecimal(each.price, decimalsOf(tickSize)) / parseDecimal(tickSize, decimalsOf(tickSize))
  if (!Number.isSafeInteger(price) || price < 1)
    complain(`${path}/price`, `must be a multiple of the tick, ${tickSize}`)
  return {
    terms,
    price,
    volatility: each.volatility ?? 0.8,
    drift: each.drift ?? 0,
    reversion: each.reversion === undefined ? Number.POSITIVE_INFINITY : durationOf(each.reversion) / SECOND
  }
}

function timelineEntry(
  entry: NonNullable<ScenarioFile['timeline']>[number],
  path: string,
  symbols: readonly string[],
  complain: Complain
): TimelineEntry {
  const happenings: Happening[] = []
  const { news, phase, outage, activity } = entry
  if (news !== undefined) happenings.push({ kind: 'news', fraction: Number(news.slice(0, -1)) / 100 })
  if (phase !== undefined) happenings.push({ kind: 'phase', phase })
  if (outage !== undefined) happenings.push({ kind: 'outage', duration: durationOf(outage) })
  if (activity !== undefined) happenings.push({ kind: 'activity', of: activity })
  if (happenings.length !== 1) complain(path, 'must have one of news, phase, outage and activity')
  const [happening] = happenings
  if (happening.kind === 'news' && happening.fraction <= -1)
    complain(`${path}/news`, 'must leave something of the value')
  const instruments = entry.symbols?.map((symbol, i) => {
    const no = symbols.indexOf(symbol)
    return no < 0 ? complain(`${path}/symbols/${i}`, `must be one of ${symbols.join(', ')}`) : no
  })
  return { at: durationOf(entry.at), instruments, happening }
}

function agentMix({
  zeroIntelligence,
  marketMakers,
  momentum,
  meanReversion,
  takers
}: ScenarioFile['agents']): AgentMix {
  const defaults = AGENT_DEFAULTS
  return {
    ...(zeroIntelligence && { zeroIntelligence: { ...defaults.zeroIntelligence, ...zeroIntelligence } }),
    ...(marketMakers && {
      marketMakers: {
        ...defaults.marketMakers,
        ...marketMakers,
        horizon: seconds(marketMakers.horizon, defaults.marketMakers.horizon),
        refresh: seconds(marketMakers.refresh, defaults.marketMakers.refresh)
      }
    }),
    ...(momentum && { momentum: trendTrader(momentum, defaults.momentum) }),
    ...(meanReversion && { meanReversion: trendTrader(meanReversion, defaults.meanReversion) }),
    ...(takers && { takers: { ...defaults.takers, ...takers } })
  }
}

function trendTrader(
  { refresh, window, ...rest }: NonNullable<ScenarioFile['agents']['momentum']>,
  defaults: NonNullable<AgentMix['momentum']>
): NonNullable<AgentMix['momentum']> {
  return { ...defaults, ...rest, refresh: seconds(refresh, defaults.refresh), window: seconds(window, defaults.window) }
}

const seconds = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : Math.max(1, durationOf(text)) / SECOND

/** The schema lets nothing pass that is no duration. */
const durationOf = (text: string): Nanos => parseDuration(text) ?? nanos(0)
