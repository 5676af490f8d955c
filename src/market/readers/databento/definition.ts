import { formatDecimal } from '../../../base/decimal.js'
import { cString } from './dbn-metadata.js'
import { PRICE_DECIMALS } from './record.js'

/** What a definition says of an instrument, as far as a tape needs it. */
export interface Definition {
  readonly instrumentId: number
  readonly symbol: string
  /** A decimal; undefined where the vendor gives none. */
  readonly tickSize: string | undefined
  readonly currency: string | undefined
  /** ISO 10383, as the exchange says it: "XCME". */
  readonly market: string | undefined
}

interface Layout {
  readonly length: number
  readonly currency: number
  readonly symbol: number
  readonly symbolLength: number
  readonly exchange: number
}

/** Where the fields stand in the versions of DBN; the tick is at the same place in all. */
const LAYOUTS: Readonly<Record<1 | 2 | 3, Layout>> = {
  1: { length: 360, currency: 186, symbol: 200, symbolLength: 22, exchange: 243 },
  2: { length: 400, currency: 186, symbol: 200, symbolLength: 71, exchange: 292 },
  3: { length: 520, currency: 224, symbol: 238, symbolLength: 71, exchange: 330 }
}
const TICK = 24

export function definitionLength(version: 1 | 2 | 3): number {
  return LAYOUTS[version].length
}

/** Reads the definition record that begins at `at`. */
export function readDefinition(bytes: Buffer, at: number, version: 1 | 2 | 3): Definition {
  const layout = LAYOUTS[version]
  const tick = bytes.readBigInt64LE(at + TICK)
  return {
    instrumentId: bytes.readUInt32LE(at + 4),
    symbol: cString(bytes, at + layout.symbol, layout.symbolLength),
    tickSize: tickOf(Number(tick)),
    currency: cString(bytes, at + layout.currency, 4) || undefined,
    market: cString(bytes, at + layout.exchange, 5) || undefined
  }
}

/** A tick of 10^-9 as a decimal; undefined where it is none (0, or the largest number). */
export function tickOf(billionths: number): string | undefined {
  if (!Number.isSafeInteger(billionths) || billionths <= 0) return undefined
  return formatDecimal(billionths, PRICE_DECIMALS, 0)
}

/** Where the text of a symbol mapping record stands: it says in words what the id of its head stands for. */
export function readSymbolMapping(bytes: Buffer, at: number, version: 1 | 2 | 3): readonly [string, string] {
  return version === 1
    ? [cString(bytes, at + 16, 22), cString(bytes, at + 38, 22)]
    : [cString(bytes, at + 17, 71), cString(bytes, at + 89, 71)]
}

export function symbolMappingLength(version: 1 | 2 | 3): number {
  return version === 1 ? 80 : 176
}
