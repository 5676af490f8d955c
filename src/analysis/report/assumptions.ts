import { DEFAULT_REACTION, DEFAULT_REFILL } from '../../exchange/models/default-settings.js'
import { formatLatency } from '../../exchange/models/latency/latency-text.js'
import { type DrawnLatency, type ModelSettings, type RefillSettings } from '../../exchange/models/settings.js'
import { type MarketReference, type SessionFacts } from '../../journal/journal.js'
import { type Tca } from '../tca/tca.js'
import { isoTime } from '../../base/iso-time.js'
import { duration } from './time-text.js'

/** What one must know to believe the figures, in sentences, by subject. */
export function assumptions(tca: Tca): readonly (readonly [subject: string, text: string])[] {
  const { facts } = tca.recording
  return [
    ['Market', marketText(facts.market, facts.epoch)],
    ['Liquidity', presetText(facts.models, facts.market.kind === 'scenario' && facts.models.preset !== 'impact')],
    ['Queue', queueText(facts)],
    ['Latency', latencyText(facts.models)],
    ['Fees', feesText(facts.models)],
    [
      'Mid',
      'half way between best bid and ask of the displayed book, own orders included, as it stood just before the event.'
    ],
    ['Decision', 'DecisionPrice (9503) where the client sent one, else the mid as the request came to the venue.'],
    [
      'Parents',
      `orders of one session, day, symbol and side that share ClOrdLinkID (583), else SecondaryClOrdID (526). ${
        tca.parentQuantity === 'sum'
          ? 'Their quantity is the sum of the orders’.'
          : 'Their quantity is the most that was executed or working at one time.'
      }`
    ],
    [
      'Prints',
      'interval VWAP and participation count the market’s prints from arrival to end; own fills are not among them.'
    ]
  ]
}

function marketText(market: MarketReference, epoch: number): string {
  if (market.kind === 'synthetic') return `synthetic, seed ${market.seed}, from ${isoTime(market.start, epoch)}.`
  if (market.kind === 'scenario') {
    return `scenario ${market.name}, seed ${market.seed}, from ${isoTime(market.start, epoch)}: agents that trade with each other.`
  }
  if (market.kind === 'live') {
    return `live, ${market.feeds.map(({ name }) => name).join(', ')}; recorded in ${market.recordings}.`
  }
  return `tape ${market.files.map(({ path, sha256 }) => `${path} (sha256 ${sha256.slice(0, 12)}…)`).join(', ')}.`
}

function presetText(models: ModelSettings, isReactive: boolean): string {
  const { preset, seed } = models
  let rule = 'what orders took stays consumed until the feed brings new quantity'
  if (preset === 'observer')
    rule = 'the market is not touched: every order met the book as it was, however much was taken before'
  else if (preset !== 'consume') rule += `, and ${refillText(models.refill ?? DEFAULT_REFILL)}`
  return `preset ${preset} (${rule}), seed ${seed}. ${isReactive ? 'Agents react to what orders show and take.' : reactionText(models)}`
}

function refillText({ probability, halfLife }: RefillSettings): string {
  if (halfLife === 'never' || probability === 0) return 'never returns by itself'
  return `in ${Number((100 * probability).toFixed(1))} % of cases returns by itself, half of it every ${duration(halfLife)}`
}

function reactionText(models: ModelSettings): string {
  const reaction = models.reaction ?? DEFAULT_REACTION
  if (models.preset !== 'impact' || reaction.kind === 'none') return 'Prices do not react to orders.'
  const counted = Object.entries(models.impact ?? {}).map(
    ([symbol, { volatility, averageDailyVolume }]) =>
      `${symbol === '*' ? 'others' : symbol} at ${Number((100 * volatility).toFixed(3))} % a day, ADV ${averageDailyVolume}`
  )
  const standIn =
    models.impact?.['*'] === undefined ? ['all others at 2 % a day, ADV 1000000, which nobody measured'] : []
  return `Prices react to own fills by ${reaction.kind}: ${[...counted, ...standIn].join('; ')}.`
}

function queueText({ models: { queue }, instruments }: SessionFacts): string {
  const named = 'exponent' in queue ? `${queue.kind} ${queue.exponent}` : queue.kind
  const estimate =
    queue.kind === 'riskAverse'
      ? 'risk-averse: a resting order advances by prints only'
      : `${named}: withdrawals ahead of a resting order are estimated from its place in the queue`
  const exact = instruments.filter(({ feed }) => feed === 'l3').map(({ symbol }) => symbol)
  if (exact.length === 0) return `${estimate}.`
  const known = 'the feed tells every order, so places in the queue are known, not estimated'
  return exact.length === instruments.length ? `${known}.` : `${estimate}; in ${exact.join(', ')} ${known}.`
}

function feesText({ fees }: ModelSettings): string {
  if (fees === undefined) return 'none are charged; their part of the shortfall is 0.'
  const schedules = Object.entries(fees).map(([market, { basis, tiers, minimum, cap }]) => {
    const rates = tiers.map(
      ({ from, maker, taker }, i) =>
        `${i === 0 ? '' : `from a 30-day volume of ${from} `}maker ${maker}, taker ${taker}`
    )
    const bounds = [minimum && `at least ${minimum}`, cap && `at most ${cap}`].filter(Boolean).join(' and ')
    const where = market !== '*' ? `on ${market}` : Object.keys(fees).length > 1 ? 'elsewhere' : 'everywhere'
    return `${where} ${FEE_BASIS[basis]}: ${rates.join('; ')}${bounds && `; ${bounds} an order`}`
  })
  return `as the venue charged them (Commission, 12). ${schedules.join('. ')}.`
}

const FEE_BASIS = { perShare: 'per share', perContract: 'per contract', perNotional: 'of the money traded' } as const

function latencyText({ latency }: ModelSettings): string {
  if (latency.kind === 'drawn') return drawnText(latency)
  const { inbound, outbound } = latency
  return `constant, ${duration(inbound)} to the exchange and ${duration(outbound)} back.`
}

function drawnText(latency: Extract<ModelSettings['latency'], { kind: 'drawn' }>): string {
  const { sessions = {} } = latency
  const kinds = (drawn: Partial<DrawnLatency>): string =>
    (['new', 'replace', 'cancel', 'report'] as const)
      .flatMap((kind) => (drawn[kind] === undefined ? [] : [`${kind} ${formatLatency(drawn[kind])}`]))
      .join(', ')
  const own = Object.entries(sessions).map(([name, drawn]) => `; ${name}: ${kinds(drawn)}`)
  return `drawn for each message, ${kinds(latency)}${own.join('')}. Messages of one session never overtake each other.`
}
