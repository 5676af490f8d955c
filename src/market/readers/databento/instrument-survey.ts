import { TickSurvey } from '../tick-survey.js'
import type { DataFile } from './data-file.js'
import type { Definition } from './definition.js'
import { ADD, MODIFY, RTYPE, type DatabentoRecord } from './record.js'

/** What records tell of one instrument id. */
export interface SurveyedInstrument {
  readonly instrumentId: number
  readonly publisherId: number
  /** "" where nothing names it. */
  symbol: string
  /** Displayed prices. */
  readonly displayed: TickSurvey
  /** Prices of trades. */
  readonly printed: TickSurvey
}

/** What a pass over files tells before they are read: which instruments there are, and in which steps they are priced. */
export class InstrumentSurvey {
  readonly instruments = new Map<number, SurveyedInstrument>()
  readonly definitions = new Map<number, Definition>()
  readonly #names = new Map<number, string>()

  /** Reads a file to its end. */
  async read(file: DataFile, onMore: () => void): Promise<void> {
    for (;;) {
      while (file.next()) this.#see(file)
      onMore()
      if (!(await file.more())) return
      this.#see(file)
    }
  }

  #see(file: DataFile): void {
    const { record } = file
    if (record.content === undefined) {
      if (record.rtype === RTYPE.symbolMapping) this.#names.set(record.instrumentId, file.mappedSymbol())
      return
    }
    if (record.content === 'definition') {
      this.definitions.set(record.instrumentId, file.definition())
      return
    }
    if (record.content === 'status') return
    let instrument = this.instruments.get(record.instrumentId)
    if (instrument === undefined) {
      instrument = {
        instrumentId: record.instrumentId,
        publisherId: record.publisherId,
        symbol: '',
        displayed: new TickSurvey(),
        printed: new TickSurvey()
      }
      this.instruments.set(record.instrumentId, instrument)
    }
    if (instrument.symbol === '') instrument.symbol = this.#names.get(record.instrumentId) ?? symbolOf(file)
    seePrices(record, instrument)
  }
}

function symbolOf(file: DataFile): string {
  return file.record.rtype !== RTYPE.symbolMapping && file.dataset === '' ? file.mappedSymbol() : ''
}

function see(survey: TickSurvey, price: number): void {
  if (!Number.isNaN(price)) survey.see(price)
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
