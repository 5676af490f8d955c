import { HOUR, MINUTE, nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { type Instrument } from '../../exchange/instrument.js'
import { type MarketSink } from '../../exchange/market-sink.js'
import { measureActivity, type Activity } from './activity.js'
import { type MarketPath } from './market-path.js'
import { PathSink } from './path-sink.js'
import { measurePropagator, type Propagator } from './propagator.js'
import { measureResiliency, type Resiliency } from './resiliency.js'

/** The part of a market that a calibration reads. */
export interface CalibrationSource {
  readonly epoch: EpochSeconds
  readonly start: Nanos
  nextTime(): Nanos | undefined
  advance(to: Nanos, sink: MarketSink): void
}

export interface CalibrationOptions {
  /** Length of a trading day. */
  readonly day?: Nanos
  /** delta of v^delta in the propagator. */
  readonly exponent?: number
  readonly seed?: number
  readonly onProgress?: (time: Nanos) => void
}

/** What the models' parameters are in one instrument, by its tape. */
export interface InstrumentCalibration {
  readonly instrument: Instrument
  readonly start: number
  readonly end: number
  readonly trades: number
  /** Mean mid in price units. */
  readonly mid: number
  readonly activity: Activity
  /** undefined: too few depletions. */
  readonly resiliency: Resiliency | undefined
  /** undefined: too few trades. */
  readonly propagator: Propagator | undefined
}

export interface Calibration {
  readonly epoch: EpochSeconds
  readonly day: Nanos
  readonly seed: number
  readonly instruments: readonly InstrumentCalibration[]
}

export const REGULAR_DAY = nanos(6.5 * HOUR)

/**
 * Estimates from a market what the models of refill and price reaction need, with 95 % intervals.
 * @throws UserError where no instrument of the market has quotes on both sides
 */
export function calibrate(
  source: CalibrationSource,
  instruments: readonly Instrument[],
  options: CalibrationOptions = {}
): Calibration {
  const { day = REGULAR_DAY, exponent = 0.6, seed = 1, onProgress } = options
  const sink = new PathSink(instruments)
  for (let to = source.start; source.nextTime() !== undefined; to = nanos(to + MINUTE)) {
    source.advance(to, sink)
    onProgress?.(to)
  }
  const measured = sink
    .done()
    .map((path, no) => measure(path, instruments[no], { day, exponent, seed }))
    .filter((each) => each !== undefined)
  if (measured.length === 0) throw new UserError('no instrument of the tape ever has a bid and an ask')
  return { epoch: source.epoch, day, seed, instruments: measured }
}

function measure(
  path: MarketPath,
  instrument: Instrument,
  { day, exponent, seed }: { readonly day: Nanos; readonly exponent: number; readonly seed: number }
): InstrumentCalibration | undefined {
  const { quotes, trades, start, end } = path
  if (quotes.time.length < 2) return undefined
  let mid = 0
  for (let i = 0; i < quotes.time.length; i++) mid += (quotes.bid[i] + quotes.ask[i]) / 2 / quotes.time.length
  return {
    instrument,
    start,
    end,
    trades: trades.time.length,
    mid,
    activity: measureActivity(path, day, seed),
    resiliency: measureResiliency(path.depletions, seed),
    propagator: measurePropagator(path, exponent, seed)
  }
}
