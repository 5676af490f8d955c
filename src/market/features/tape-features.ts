import { MINUTE, nanos, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { InstrumentNo } from '../../exchange/units.js'
import { TapeSource } from '../replay/tape-source.js'
import { spectatorExchange } from '../spectator-exchange.js'
import type { TapeFile } from '../tape/tape-file.js'
import { FeatureSink } from './feature-sink.js'
import { emptyFeatures, type Features } from './features.js'

export interface TapeFeatureOptions {
  /** A row of each instrument at every full interval, in ns since midnight UTC; `event`: a row behind each event, of its instrument. */
  readonly every: Nanos | 'event'
  /** How far back trade flow and realised variance look, in ns. */
  readonly window: Nanos
  /** Takes a row. The features are used again. */
  readonly row: (features: Features, instrument: Instrument) => void
  /** Called now and then with the time reached. */
  readonly onProgress?: ((time: Nanos) => void) | undefined
}

/**
 * Replays a tape, on which nobody trades, and tells its features. An instrument has rows from its first event on.
 * @throws UserError where a row of the tape is wrong
 */
export function tapeFeatures(tape: TapeFile, { every, window, row, onProgress }: TapeFeatureOptions): void {
  if (every !== 'event' && every <= 0) throw new UserError('an interval must be longer than 0')
  const { instruments } = tape
  const features = emptyFeatures()
  const begun = new Set<InstrumentNo>()
  const tell = (time: Nanos, no: InstrumentNo): void => row(sink.read(time, no, features), instruments[no])
  const exchange = spectatorExchange(instruments)
  const sink: FeatureSink = new FeatureSink(exchange, exchange, {
    window,
    onEvent: every === 'event' ? tell : (_time, no) => begun.add(no)
  })
  const source = new TapeSource(tape)
  const step = every === 'event' ? MINUTE : every
  let to = Math.ceil(source.start / step) * step
  for (; source.nextTime() !== undefined; to += step) {
    source.advance(nanos(to), sink)
    if (every !== 'event') for (const { no } of instruments) if (begun.has(no)) tell(nanos(to), no)
    onProgress?.(nanos(to))
  }
}
