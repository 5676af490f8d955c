import { decimalsOf, formatDecimal } from '../../../base/decimal.js'
import { UserError } from '../../../base/user-error.js'
import { instrument, type FeedKind, type InstrumentTerms } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { ImportOptions } from '../import-options.js'
import { tickOfAll, type Definitions } from './definitions.js'
import type { InstrumentNames } from './instrument-names.js'
import type { InstrumentSurvey, SurveyedInstrument } from './instrument-survey.js'
import { marketOf, nameOfVenue, tradesShares } from './publishers.js'
import { PRICE_DECIMALS } from './record.js'

/** Decimals that a price unit has at least: trades print inside the tick. */
const PRINT_DECIMALS = 4
const SHOWN = 12

/** The instruments of an import. */
export interface InstrumentList {
  readonly terms: readonly InstrumentTerms[]
  /** Which of them a symbol is. */
  readonly numbers: ReadonlyMap<string, number>
  /** Symbols of instruments that are no part of the tape. */
  readonly passedOver: ReadonlySet<string>
  /** The symbols of ids that have none in the files. */
  readonly symbols: ReadonlyMap<number, string>
  /** Of which venue the records of an instrument are read, where its records are of several and one was asked for. */
  readonly venues: ReadonlyMap<number, string>
  readonly notes: readonly string[]
  /** Whether prices follow the tick rule of US shares: a few orders below a dollar may be off the tick. */
  readonly shares: boolean
}

/** What is known before the tape is begun. */
export interface Knowledge {
  readonly dataset: string
  readonly names: InstrumentNames
  readonly definitions: Definitions
  /** Undefined where the files need not be read before: names and ticks are known. */
  readonly survey: InstrumentSurvey | undefined
}

/** One of the instruments that there are. */
interface Candidate {
  readonly symbol: string
  readonly ids: ReadonlySet<number>
  readonly surveyed: SurveyedInstrument | undefined
}

/** Whether names, ticks or venues can only be told by reading the files. */
export function needsSurvey(
  { names, definitions }: Omit<Knowledge, 'survey'>,
  { tick, market }: ImportOptions
): boolean {
  const mapped = names.mapped()
  if (mapped.size === 0 || market !== undefined) return true
  return tick === undefined && [...mapped].some(([symbol, ids]) => tickOfAll(definitions.of(symbol, ids)) === undefined)
}

/**
 * Lists the instruments: what the person says goes before definitions, these before what the prices show.
 * @throws UserError where a symbol is asked for that is not there, or a tick cannot be told.
 */
export function listInstruments(
  knowledge: Knowledge,
  feed: FeedKind,
  options: ImportOptions,
  file: string
): InstrumentList {
  const candidates = candidatesOf(knowledge, options, file)
  const asked = options.symbol?.split(',').map((symbol) => symbol.trim())
  const isAsked = ({ symbol, ids }: Candidate): boolean =>
    asked === undefined || asked.includes(symbol) || [...ids].some((id) => asked.includes(String(id)))
  const notes: string[] = []
  const terms: InstrumentTerms[] = []
  const numbers = new Map<string, number>()
  const passedOver = new Set<string>()
  const symbols = new Map<number, string>()
  const venues = new Map<number, string>()
  let withoutPrice: string | undefined
  for (const candidate of candidates) {
    const { symbol, ids, surveyed } = candidate
    if (surveyed?.symbol === '') for (const id of ids) symbols.set(id, symbol)
    const described = isAsked(candidate) ? describe(candidate, knowledge, feed, options, notes) : undefined
    if (described === undefined) passedOver.add(symbol)
    else numbers.set(symbol, terms.push(described) - 1)
    if (described && options.market !== undefined && surveyed && surveyed.publishers.size > 1) {
      venues.set(terms.length - 1, venueAsked(options.market, candidate, file))
    }
    if (described === undefined && isAsked(candidate)) withoutPrice ??= symbol
  }
  const missing = asked?.filter(
    (name) => !candidates.some(({ symbol, ids }) => symbol === name || ids.has(Number(name)))
  )
  if (missing && missing.length > 0) {
    throw new UserError(`--symbol ${missing.join(',')}: ${there(candidates)}`, { file })
  }
  if (terms.length === 0) {
    const untold = `the tick of ${withoutPrice} is not known: give its definition file, or --tick`
    throw new UserError(withoutPrice === undefined ? 'the file has no market data' : untold, { file })
  }
  const shares = tradesShares(knowledge.dataset, publisherOf(candidates[0].surveyed))
  return { terms, numbers, passedOver, symbols, venues, notes, shares }
}

function there(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return 'the file has no market data'
  const shown = candidates.slice(0, SHOWN).map(({ symbol }) => symbol)
  const more = candidates.length > SHOWN ? `, ... (${candidates.length} in all)` : ''
  return `not in the file, which has ${shown.join(', ')}${more}`
}

/** The venue that is asked for, which must be one of those that the records are of. */
function venueAsked(market: string, { symbol, surveyed }: Candidate, file: string): string {
  const venues = [...new Set([...(surveyed?.publishers ?? [])].map(nameOfVenue))]
  if (venues.includes(market)) return market
  throw new UserError(`--market ${market}: the records of ${symbol} are of ${venues.join(', ')}`, { file })
}

/** What is there, each with a symbol: those of the heads of files first, then in the order of their first records. */
function candidatesOf({ names, definitions, survey }: Knowledge, options: ImportOptions, file: string): Candidate[] {
  const mapped = names.mapped()
  if (survey === undefined) return [...mapped].map(([symbol, ids]) => ({ symbol, ids, surveyed: undefined }))
  const { instruments } = survey
  // The head of a file names what was asked for; what has no record is no part of the tape.
  const inHeads = [...mapped.keys()].flatMap((symbol) => instruments.get(symbol) ?? [])
  const all = [...inHeads, ...[...instruments.values()].filter(({ symbol }) => !mapped.has(symbol))]
  const nameless = all.filter(({ symbol, ids }) => symbol === '' && nameOf(ids) === undefined)
  if (nameless.length > 0 && options.symbol !== undefined && all.length > 1) {
    const ids = nameless.flatMap((each) => [...each.ids])
    if (!options.symbol.split(',').every((name) => isThere(name.trim()))) {
      throw new UserError(
        `--symbol ${options.symbol}: ${ids.length} instruments of the file have ids (${ids.slice(0, SHOWN).join(', ')}) but no symbol; a definition file names them`,
        { file }
      )
    }
  }
  const alone = all.length === 1 && nameless.length === 1 ? options.symbol : undefined
  return all.map((surveyed) => {
    const { symbol, ids } = surveyed
    return { symbol: symbol !== '' ? symbol : (alone ?? nameOf(ids) ?? String([...ids][0])), ids, surveyed }
  })

  function nameOf(ids: ReadonlySet<number>): string | undefined {
    return definitions.symbolOf([...ids][0])
  }

  function isThere(name: string): boolean {
    return all.some(({ symbol, ids }) => (symbol === '' ? nameOf(ids) : symbol) === name || ids.has(Number(name)))
  }
}

/** The terms of an instrument; undefined where no price tells its tick. */
function describe(
  { symbol, ids, surveyed }: Candidate,
  { dataset, definitions }: Knowledge,
  feed: FeedKind,
  options: ImportOptions,
  notes: string[]
): InstrumentTerms | undefined {
  const defined = definitions.of(symbol, ids)
  const publisherId = publisherOf(surveyed)
  const shares = tradesShares(dataset, publisherId)
  const told = options.tick ?? tickOfAll(defined)
  const tickSize = told ?? (surveyed && (shares ? shareTick(surveyed) : guessedTick(surveyed)))
  if (tickSize === undefined) return undefined
  if (told === undefined && !shares) {
    notes.push(
      `the tick of ${symbol} is taken to be ${tickSize}, the largest that its prices fit; a definition file or --tick says it`
    )
  }
  if (options.tick === undefined && defined.some((definition) => (definition.tickSize ?? told) !== told)) {
    notes.push(`the tick of ${symbol} changes: ${tickSize} divides all that its definitions say`)
  }
  const last = defined.at(-1)
  const terms: InstrumentTerms = {
    symbol,
    tickSize,
    lotSize: options.lot ?? '1',
    priceScale: Math.max(PRINT_DECIMALS, decimalsOf(tickSize)),
    quantityScale: 0,
    feed,
    currency: options.currency ?? last?.currency ?? 'USD',
    market: options.market ?? last?.market ?? marketOf(dataset, publisherId) ?? 'XPPT'
  }
  try {
    instrument(instrumentNo(0), terms)
  } catch (error) {
    throw new UserError((error as Error).message)
  }
  return terms
}

function publisherOf(surveyed: SurveyedInstrument | undefined): number {
  return surveyed?.publishers.values().next().value ?? 0
}

function shareTick({ displayed, printed }: SurveyedInstrument): string | undefined {
  const { count, shareTick } = displayed.count > 0 ? displayed : printed
  return count === 0 ? undefined : shareTick
}

function guessedTick({ displayed, printed }: SurveyedInstrument): string | undefined {
  const { step } = displayed.count > 0 ? displayed : printed
  return step === 0 ? undefined : formatDecimal(step, PRICE_DECIMALS, 0)
}
