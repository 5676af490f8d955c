import { formatDecimal } from '../../base/decimal.js'
import { isoTime } from '../../base/iso-time.js'
import { SECOND, type EpochSeconds } from '../../base/time.js'
import { formatPrice, formatQuantity, type Instrument } from '../../exchange/instrument.js'
import type { Phase } from '../../exchange/phase.js'
import { price, quantity } from '../../exchange/units.js'
import type { SourceFile } from '../tape/tape-metadata.js'
import type { InstrumentStatistics } from './instrument-statistics.js'

/** What `tape info` says of a tape, ready for JSON: decimals as text, times as ISO 8601 with nanoseconds. */
export interface TapeReport {
  readonly file: string
  readonly sha256: string
  readonly source: string
  readonly timeZone: string
  readonly createdFrom: readonly SourceFile[]
  readonly rows: number
  readonly start: string
  readonly end: string
  readonly seconds: number
  readonly instruments: readonly InstrumentReport[]
}

export interface InstrumentReport {
  readonly symbol: string
  readonly feed: string
  readonly tickSize: string
  readonly lotSize: string
  readonly currency: string
  readonly market: string
  readonly events: number
  readonly actions: Readonly<Record<string, number>>
  readonly trades: Prints
  readonly hiddenTrades: Prints
  /** First, highest, lowest and last price of all prints. */
  readonly prices: Prices | undefined
  /** By the time that it stood, while the book was neither crossed nor locked. */
  readonly spread: Spread | undefined
  readonly depth: Depth
  readonly locked: Share
  readonly crossed: Share
  /** Time without a bid or without an ask, in seconds. */
  readonly oneSidedSeconds: number
  /** Silences of a minute and more: how many, and the longest of them. */
  readonly gapCount: number
  readonly gaps: readonly { readonly start: string; readonly seconds: number }[]
  /** Changes of phase: how many, and the first of them. Before the first the instrument is in `continuous`. */
  readonly phaseCount: number
  readonly phases: readonly { readonly start: string; readonly phase: Phase }[]
}

interface Prints {
  readonly count: number
  readonly volume: string
}

interface Prices {
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
}

interface Spread {
  readonly mean: string
  readonly median: string
  readonly min: string
  readonly max: string
}

interface Depth {
  /** Mean quantity at the best price, by the time that it stood. */
  readonly bestBidQty: string | undefined
  readonly bestAskQty: string | undefined
  /** Mean number of levels a side. */
  readonly levels: number | undefined
}

interface Share {
  readonly events: number
  readonly seconds: number
}

export function instrumentReport(
  instrument: Instrument,
  statistics: InstrumentStatistics,
  epoch: EpochSeconds
): InstrumentReport {
  const asPrice = (units: number): string => formatPrice(instrument, price(units))
  const asQuantity = (units: number): string => formatQuantity(instrument, quantity(units))
  /** A mean, to one decimal more than the instrument's own. */
  const mean = (value: number | undefined, scale: number, decimals: number): string | undefined =>
    value === undefined ? undefined : formatDecimal(Math.round(value * 10), scale + 1, Math.min(scale, decimals) + 1)
  const range = statistics.spread.range()
  const { open, close, high, low } = statistics
  return {
    symbol: instrument.symbol,
    feed: instrument.feed,
    tickSize: asPrice(instrument.tickSize),
    lotSize: asQuantity(instrument.lotSize),
    currency: instrument.currency,
    market: instrument.market,
    events: statistics.events,
    actions: Object.fromEntries(statistics.actions),
    trades: { count: statistics.trades, volume: asQuantity(statistics.volume) },
    hiddenTrades: { count: statistics.hiddenTrades, volume: asQuantity(statistics.hiddenVolume) },
    prices:
      open === undefined || close === undefined
        ? undefined
        : { open: asPrice(open), high: asPrice(high), low: asPrice(low), close: asPrice(close) },
    spread: range && {
      mean: mean(statistics.spread.mean(), instrument.priceScale, instrument.priceDecimals) ?? '',
      median: asPrice(statistics.spread.median() ?? 0),
      min: asPrice(range[0]),
      max: asPrice(range[1])
    },
    depth: {
      bestBidQty: mean(statistics.bestBidQty.mean(), instrument.quantityScale, instrument.quantityDecimals),
      bestAskQty: mean(statistics.bestAskQty.mean(), instrument.quantityScale, instrument.quantityDecimals),
      levels: rounded(statistics.levels.mean(), 10)
    },
    locked: { events: statistics.lockedEvents, seconds: seconds(statistics.lockedNanos) },
    crossed: { events: statistics.crossedEvents, seconds: seconds(statistics.crossedNanos) },
    oneSidedSeconds: seconds(statistics.oneSidedNanos),
    gapCount: statistics.gapCount,
    gaps: statistics.gaps.map((gap) => ({ start: isoTime(gap.start, epoch), seconds: seconds(gap.nanos) })),
    phaseCount: statistics.phaseCount,
    phases: statistics.phases.map(({ start, phase }) => ({ start: isoTime(start, epoch), phase }))
  }
}

export function seconds(nanos: number): number {
  return rounded(nanos / SECOND, 1e6) ?? 0
}

function rounded(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * by) / by
}
