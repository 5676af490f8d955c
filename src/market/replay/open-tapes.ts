import { UserError } from '../../base/user-error.js'
import { instrument, type Instrument, type InstrumentTerms } from '../../exchange/instrument.js'
import { instrumentNo } from '../../exchange/units.js'
import type { MarketSource } from '../market-source.js'
import { OrderIdReader } from '../tape/order-id-reader.js'
import { TapeFile } from '../tape/tape-file.js'
import type { Checkpoints } from './checkpoints.js'
import { MergedSource } from './merged-source.js'
import { TapeReplay } from './tape-replay.js'
import { TapeSource, type TapePlace } from './tape-source.js'

/**
 * Replays tapes together, in time order: days of one instrument one after the other, instruments side by side. A symbol
 * that several tapes hold is one instrument, so they must describe it alike.
 * @param checkpoints where to read on from when the replay is taken back; left out: as many as are good
 * @throws UserError for a file that is no tape, and for tapes that do not fit together.
 */
export function openTapes(paths: readonly string[], checkpoints?: Checkpoints): MarketSource {
  if (paths.length === 0) throw new UserError('expected at least one tape')
  const tapes = paths.map((path) => new TapeFile(path))
  const epoch = Math.min(...tapes.map((tape) => tape.epoch))
  const instruments: InstrumentTerms[] = []
  const places: readonly TapePlace[] = tapes.map(({ metadata, path }, index) => {
    const numbers = Uint16Array.from(metadata.instruments, (terms) => numberOf(terms, instruments, path))
    return { epoch, instruments: numbers, index, of: tapes.length, orderIds: new OrderIdReader() }
  })
  return new TapeReplay((from) => {
    const sources = tapes.map((tape, index) => new TapeSource(tape, places[index], from?.[index]))
    const [first, ...rest] = sources
    const market = rest.length === 0 ? first : new MergedSource([first, ...rest], instruments)
    return { market, rows: () => sources.map(({ row }) => row) }
  }, checkpoints)
}

function numberOf(terms: InstrumentTerms, known: InstrumentTerms[], file: string): number {
  const found = known.findIndex(({ symbol }) => symbol === terms.symbol)
  if (found < 0) return known.push(terms) - 1
  const [ours, theirs] = [described(known[found]), described(terms)]
  if (ours === theirs) return found
  throw new UserError(`${terms.symbol} is described as ${theirs}, but by another tape as ${ours}; expected the same`, {
    file
  })
}

function described(terms: InstrumentTerms): string {
  const known: Instrument = instrument(instrumentNo(0), terms)
  return `tick ${known.tickSize} at scale ${known.priceScale}, lot ${known.lotSize} at scale ${known.quantityScale}, ${known.feed} in ${known.currency} on ${known.market}`
}
