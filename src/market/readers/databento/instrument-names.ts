import type { EpochSeconds } from '../../../base/time.js'
import { daysFromCivil } from '../../../base/timestamp.js'
import type { DataFile } from './data-file.js'
import type { Mapping } from './dbn-metadata.js'

/** "ES.c.0", "CL.v.1": another contract from time to time. */
const CONTINUOUS = /\.[cnv]\.\d+$/

interface Period {
  readonly symbol: string
  /** ns since the epoch of the import; `end` is no part of it. */
  readonly start: number
  readonly end: number
}

/**
 * Which symbol an instrument id stands for. Ids are given anew from day to day (NASDAQ) and symbols go over to other ids
 * (continuous contracts), so the answer depends on the record: on the column `symbol` of its row, on what symbol mapping
 * records said before it, or on what the head of its file says of its day, in UTC by the time of capture.
 */
export class InstrumentNames {
  readonly #periods = new Map<number, Period[]>()
  /** What symbol mapping records said so far. */
  #heard = new Map<number, string>()

  constructor(mappings: readonly Mapping[], epoch: EpochSeconds) {
    for (const { instrumentId, symbol, start, end } of withoutParents(mappings)) {
      const period = { symbol, start: startOfDay(start, epoch), end: startOfDay(end, epoch) }
      const known = this.#periods.get(instrumentId)
      if (known) known.push(period)
      else this.#periods.set(instrumentId, [period])
    }
  }

  /** A symbol mapping record: its id stands for a symbol from here on. */
  hear(file: DataFile): void {
    const [from, to] = file.symbolMapping()
    const symbol = CONTINUOUS.test(from) || to === '' || /^\d+$/.test(to) ? from : to
    if (symbol !== '') this.#heard.set(file.record.instrumentId, symbol)
  }

  /** The files are read again from their beginning. */
  rewind(): void {
    this.#heard = new Map()
  }

  /** The symbol of the current record, "" where nothing tells it. */
  of(file: DataFile): string {
    const { record } = file
    const written = file.symbol()
    if (written !== '') return written
    const heard = this.#heard.get(record.instrumentId)
    if (heard !== undefined) return heard
    const periods = this.#periods.get(record.instrumentId)
    if (periods === undefined) return ''
    const time = Number.isNaN(record.receiveTime) ? record.eventTime : record.receiveTime
    // A record just outside of what was asked for (a snapshot) belongs to what is nearest.
    const covering = periods.find(({ start, end }) => start <= time && time < end)
    return (covering ?? periods.findLast(({ start }) => start <= time) ?? periods[0]).symbol
  }

  /** Symbols of the heads of the files, each with its ids, in the order of the heads. */
  mapped(): ReadonlyMap<string, ReadonlySet<number>> {
    const ids = new Map<string, Set<number>>()
    for (const [id, periods] of this.#periods) {
      for (const { symbol } of periods) ids.set(symbol, (ids.get(symbol) ?? new Set()).add(id))
    }
    return ids
  }

  /** Whether the answer for an id is the same for every record, as far as heads of files go. */
  isSettled(instrumentId: number): boolean {
    const periods = this.#periods.get(instrumentId)
    return periods !== undefined && periods.every(({ symbol }) => symbol === periods[0].symbol)
  }
}

/**
 * Without symbols that stand for several ids on one day: such a one (a parent, "ES.FUT") is no instrument. And without ids
 * that stand for themselves: a definition may name them.
 */
function withoutParents(mappings: readonly Mapping[]): readonly Mapping[] {
  const bySymbol = new Map<string, Mapping[]>()
  for (const mapping of mappings) {
    const same = bySymbol.get(mapping.symbol)
    if (same) same.push(mapping)
    else bySymbol.set(mapping.symbol, [mapping])
  }
  const parents = new Set<string>()
  for (const [symbol, same] of bySymbol) {
    if (CONTINUOUS.test(symbol)) continue
    same.sort((a, b) => a.start - b.start)
    let last = same[0]
    for (const next of same.slice(1)) {
      if (next.instrumentId !== last.instrumentId && next.start < last.end) parents.add(symbol)
      if (next.end > last.end) last = next
    }
  }
  return mappings.filter(({ symbol, instrumentId }) => !parents.has(symbol) && symbol !== String(instrumentId))
}

/** yyyymmdd as ns since the epoch of the import. */
function startOfDay(date: number, epoch: EpochSeconds): number {
  const days = daysFromCivil(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100)
  return (days * 86_400 - epoch) * 1e9
}
