import { formatLatency } from '../../exchange/models/latency/latency-text.js'
import { type DrawnLatency, type ModelSettings } from '../../exchange/models/settings.js'
import { type MarketReference, type SessionFacts } from '../../journal/journal.js'
import { type Tca } from '../tca/tca.js'
import { duration, isoTime } from './time-text.js'

/** What one must know to believe the figures, in sentences, by subject. */
export function assumptions(tca: Tca): readonly (readonly [subject: string, text: string])[] {
  const { facts } = tca.recording
  return [
    ['Market', marketText(facts.market, facts.epoch)],
    ['Liquidity', presetText(facts.models)],
    ['Queue', queueText(facts)],
    ['Latency', latencyText(facts.models)],
    ['Fees', 'none are charged; their part of the shortfall is 0.'],
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
  if (market.kind === 'live') {
    return `live, ${market.feeds.map(({ name }) => name).join(', ')}; recorded in ${market.recordings}.`
  }
  return `tape ${market.files.map(({ path, sha256 }) => `${path} (sha256 ${sha256.slice(0, 12)}…)`).join(', ')}.`
}

function presetText({ preset, seed }: ModelSettings): string {
  const rule =
    preset === 'observer'
      ? 'the market is not touched: every order met the book as it was, however much was taken before'
      : 'what orders took stays consumed until the feed brings new quantity'
  return `preset ${preset} (${rule}), seed ${seed}. Prices do not react to orders.`
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
