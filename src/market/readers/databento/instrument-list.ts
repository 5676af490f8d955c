import { decimalsOf, formatDecimal } from '../../../base/decimal.js'
import { UserError } from '../../../base/user-error.js'
import { instrument, type FeedKind, type InstrumentTerms } from '../../../exchange/instrument.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { ImportOptions } from '../import-options.js'
import type { Definition } from './definition.js'
import type { Mapping } from './dbn-metadata.js'
import type { InstrumentSurvey, SurveyedInstrument } from './instrument-survey.js'
import { marketOf, tradesShares } from './publishers.js'
import { PRICE_DECIMALS } from './record.js'

/** Decimals that a price unit has at least: trades print inside the tick. */
const PRINT_DECIMALS = 4
const SHOWN = 12

/** The instruments of an import, and which instrument ids stand for each. */
export interface InstrumentList {
  readonly terms: readonly InstrumentTerms[]
  readonly numbers: ReadonlyMap<number, number>
  /** Ids of instruments that were not asked for. */
  readonly passedOver: ReadonlySet<number>
  readonly notes: readonly string[]
  /** Whether prices follow the tick rule of US shares: a few orders below a dollar may be off the tick. */
  readonly shares: boolean
}

/** What is known before the tape is begun. */
export interface Knowledge {
  readonly dataset: string
  readonly mappings: readonly Mapping[]
  readonly definitions: ReadonlyMap<number, Definition>
  /** Undefined where the files need not be read before: names and ticks are known. */
  readonly survey: InstrumentSurvey | undefined
}

/** Whether names or ticks can only be told by reading the files. */
export function needsSurvey(knowledge: Omit<Knowledge, 'survey'>, { tick }: ImportOptions): boolean {
  const { mappings, definitions } = knowledge
  if (mappings.length === 0) return true
  return (
    tick === undefined && mappings.some(({ instrumentId }) => definitions.get(instrumentId)?.tickSize === undefined)
  )
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
  const named = namesOf(knowledge, options, file)
  const asked = options.symbol?.split(',').map((symbol) => symbol.trim())
  const notes: string[] = []
  const terms: InstrumentTerms[] = []
  const numbers = new Map<number, number>()
  const passedOver = new Set<number>()
  for (const [id, symbol] of named) {
    if (asked !== undefined && !asked.includes(symbol)) {
      passedOver.add(id)
      continue
    }
    const known = terms.findIndex((each) => each.symbol === symbol)
    if (known >= 0) {
      numbers.set(id, known)
      continue
    }
    const described = describe(id, symbol, knowledge, feed, options, notes, file)
    if (described === undefined) continue
    numbers.set(id, terms.push(described) - 1)
  }
  const missing = asked?.filter((symbol) => !terms.some((each) => each.symbol === symbol)) ?? []
  if (missing.length > 0) throw new UserError(`--symbol ${missing.join(',')}: ${there(named)}`, { file })
  if (terms.length === 0) throw new UserError('the file has no market data', { file })
  const publisherId = knowledge.survey?.instruments.values().next().value?.publisherId ?? 0
  return { terms, numbers, passedOver, notes, shares: tradesShares(knowledge.dataset, publisherId) }
}

function there(named: ReadonlyMap<number, string>): string {
  const symbols = [...new Set(named.values())]
  if (symbols.length === 0) return 'the file has no market data'
  const more = symbols.length > SHOWN ? `, ... (${symbols.length} in all)` : ''
  return `not in the file, which has ${symbols.slice(0, SHOWN).join(', ')}${more}`
}

/** The symbol of every instrument id. */
function namesOf(
  { mappings, definitions, survey }: Knowledge,
  options: ImportOptions,
  file: string
): Map<number, string> {
  const names = new Map<number, string>()
  for (const { instrumentId, symbol } of mappings) names.set(instrumentId, symbol)
  for (const { instrumentId, symbol } of survey?.instruments.values() ?? []) {
    if (symbol !== '') names.set(instrumentId, symbol)
    else if (!names.has(instrumentId)) names.set(instrumentId, definitions.get(instrumentId)?.symbol ?? '')
  }
  const nameless = [...names].filter(([, symbol]) => symbol === '').map(([id]) => id)
  if (nameless.length === 1 && names.size === 1 && options.symbol !== undefined) names.set(nameless[0], options.symbol)
  else if (nameless.length > 0 && options.symbol !== undefined && names.size > 1) {
    throw new UserError(
      `--symbol ${options.symbol}: ${nameless.length} instruments of the file have ids (${nameless.slice(0, SHOWN).join(', ')}) but no symbol; a definition file names them`,
      { file }
    )
  } else for (const id of nameless) names.set(id, String(id))
  return names
}

function describe(
  id: number,
  symbol: string,
  knowledge: Knowledge,
  feed: FeedKind,
  options: ImportOptions,
  notes: string[],
  file: string
): InstrumentTerms | undefined {
  const { dataset, survey } = knowledge
  const definition = knowledge.definitions.get(id) ?? bySymbol(symbol, knowledge.definitions)
  const surveyed = survey?.instruments.get(id)
  // The head of a file names what was asked for; what has no record is no part of the tape.
  if (survey !== undefined && surveyed === undefined) return undefined
  const publisherId = surveyed?.publisherId ?? 0
  const shares = tradesShares(dataset, publisherId)
  const told = options.tick ?? definition?.tickSize
  const tickSize = told ?? (surveyed && (shares ? shareTick(surveyed) : guessedTick(surveyed)))
  if (tickSize === undefined) {
    throw new UserError(`the tick of ${symbol} is not known: give its definition file, or --tick`, { file })
  }
  if (told === undefined && !shares) {
    notes.push(
      `the tick of ${symbol} is taken to be ${tickSize}, the largest that its prices fit; a definition file or --tick says it`
    )
  }
  const terms: InstrumentTerms = {
    symbol,
    tickSize,
    lotSize: options.lot ?? '1',
    priceScale: Math.max(PRINT_DECIMALS, decimalsOf(tickSize)),
    quantityScale: 0,
    feed,
    currency: options.currency ?? definition?.currency ?? 'USD',
    market: options.market ?? definition?.market ?? marketOf(dataset, publisherId) ?? 'XPPT'
  }
  try {
    instrument(instrumentNo(0), terms)
  } catch (error) {
    throw new UserError((error as Error).message)
  }
  return terms
}

/** Ids change from day to day: a definition of another day knows the instrument by its symbol. */
function bySymbol(symbol: string, definitions: ReadonlyMap<number, Definition>): Definition | undefined {
  return [...definitions.values()].find((definition) => definition.symbol === symbol)
}

function shareTick({ displayed, printed }: SurveyedInstrument): string {
  return (displayed.count > 0 ? displayed : printed).shareTick
}

function guessedTick({ displayed, printed }: SurveyedInstrument): string | undefined {
  const divisor = (displayed.count > 0 ? displayed : printed).commonDivisor
  return divisor === 0 ? undefined : formatDecimal(divisor, PRICE_DECIMALS, 0)
}
