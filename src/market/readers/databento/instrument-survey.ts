import { TickSurvey } from '../tick-survey.js'
import type { DataFile } from './data-file.js'
import { Definitions } from './definitions.js'
import type { InstrumentNames } from './instrument-names.js'
import { isOffBook } from './publishers.js'
import { ADD, MODIFY, RTYPE, type Content, type DatabentoRecord } from './record.js'

/** What records tell of one symbol, or of an id that nothing names. */
export interface SurveyedInstrument {
  /** "" where nothing names it. */
  readonly symbol: string
  readonly ids: Set<number>
  /** Whose books, or trades, the records tell. */
  readonly publishers: Set<number>
  /** Displayed prices. */
  readonly displayed: TickSurvey
  /** Prices of trades. */
  readonly printed: TickSurvey
}

/** What a pass over files tells before they are read: which instruments there are, and in which steps they are priced. */
export class InstrumentSurvey {
  /** By symbol; those without one by id. */
  readonly instruments = new Map<string | number, SurveyedInstrument>()
  readonly definitions = new Definitions()
  readonly #names: InstrumentNames
  #last: SurveyedInstrument | undefined
  #lastId = -1

  constructor(names: InstrumentNames) {
    this.#names = names
  }

  /** Reads a file to its end. @param content what counts of a file that holds several; undefined: what describes instruments */
  async read(file: DataFile, content: Content | undefined, onMore: () => void): Promise<void> {
    for (;;) {
      while (file.next()) this.#see(file, content)
      onMore()
      if (!(await file.more())) return
      this.#see(file, content)
    }
  }

  #see(file: DataFile, content: Content | undefined): void {
    const { record } = file
    if (record.content === undefined && record.rtype === RTYPE.symbolMapping) {
      this.#names.hear(file)
      this.#lastId = -1
      return
    }
    if (record.content === 'definition') {
      this.definitions.add(file.definition())
      return
    }
    if (record.content === undefined || record.content !== content) return
    const instrument = this.#instrumentOf(file)
    if (!isOffBook(record.publisherId)) instrument.publishers.add(record.publisherId)
    seePrices(record, instrument)
  }

  #instrumentOf(file: DataFile): SurveyedInstrument {
    const { instrumentId } = file.record
    if (instrumentId === this.#lastId && this.#last && this.#names.isSettled(instrumentId)) return this.#last
    const symbol = this.#names.of(file)
    const key = symbol === '' ? instrumentId : symbol
    let instrument = this.instruments.get(key)
    if (instrument === undefined) {
      instrument = {
        symbol,
        ids: new Set(),
        publishers: new Set(),
        displayed: new TickSurvey(),
        printed: new TickSurvey()
      }
      this.instruments.set(key, instrument)
    }
    instrument.ids.add(instrumentId)
    this.#last = instrument
    this.#lastId = instrumentId
    return instrument
  }
}

function see(survey: TickSurvey, price: number): void {
  if (Number.isFinite(price)) survey.see(price)
}

function seePrices(record: DatabentoRecord, { displayed, printed }: SurveyedInstrument): void {
  switch (record.content) {
    case 'mbo':
      see(record.action === ADD || record.action === MODIFY ? displayed : printed, record.price)
      break
    case 'ohlcv':
      for (const price of [record.open, record.high, record.low, record.close]) see(printed, price)
      break
    case 'trades':
      see(printed, record.price)
      break
    default:
      for (let n = 0; n < record.levels; n++) {
        see(displayed, record.bidPrice[n])
        see(displayed, record.askPrice[n])
      }
  }
}
