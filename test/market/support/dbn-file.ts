/** Writes DBN files, versions 1 to 3, from the specification's tables. */

export const NO_PRICE = 2n ** 63n - 1n
export const LAST = 128
export const SNAPSHOT = 32

export type DbnVersion = 1 | 2 | 3

export interface DbnHead {
  readonly version?: DbnVersion
  readonly dataset?: string
  /** 0 mbo, 1 mbp-1, 2 mbp-10, 3 tbbo, 4 trades, 6 ohlcv-1m, 9 definition, 11 status, 65535 mixed. */
  readonly schema: number
  /** [symbol asked for, instrument id, and from which day on and to which, yyyymmdd] */
  readonly mappings?: readonly (readonly [symbol: string, id: number, start?: number, end?: number])[]
  /** 1 raw symbol to 0 instrument id unless told. */
  readonly stypes?: readonly [number, number]
}

export function dbnFile(head: DbnHead, records: readonly Buffer[]): Buffer {
  const { version = 1, dataset = 'GLBX.MDP3', schema, mappings = [['ESM4', 7]], stypes = [1, 0] } = head
  const width = version === 1 ? 22 : 71
  const symbol = (text: string): Buffer => padded(text, width)
  const start = Buffer.alloc(8)
  start.writeBigUInt64LE(1_715_126_400_000_000_000n)
  const lists = [symbolList(mappings.map(([name]) => name)), symbolList([]), symbolList([])]
  const pairs = mappings.map(([name, id, start = 20_240_508, end = 20_240_509]) => {
    const [from, to] = stypes[1] === 0 ? [name, String(id)] : [String(id), name]
    return Buffer.concat([symbol(from), u32(1), u32(start), u32(end), symbol(to)])
  })
  const metadata = Buffer.concat([
    padded(dataset, 16),
    u16(schema),
    start,
    Buffer.alloc(8, 0xff),
    Buffer.alloc(version === 1 ? 16 : 8),
    Buffer.from([stypes[0], stypes[1], 0]),
    version === 1 ? Buffer.alloc(47) : Buffer.concat([u16(width), Buffer.alloc(53)]),
    u32(0),
    ...lists,
    u32(mappings.length),
    ...pairs
  ])
  return Buffer.concat([Buffer.from('DBN'), Buffer.from([version]), u32(metadata.length), metadata, ...records])

  function symbolList(names: readonly string[]): Buffer {
    return Buffer.concat([u32(names.length), ...names.map(symbol)])
  }
}

export interface DbnTick {
  readonly id?: number
  readonly publisher?: number
  /** ns after 2024-05-08 00:00 UTC. */
  readonly time: number
  readonly received?: number
  readonly action: string
  readonly side: string
  /** In 10^-9 times 10^7, that is in cents. */
  readonly cents?: number
  readonly size?: number
  readonly flags?: number
  readonly sequence?: number
}

const DAY = 1_715_126_400_000_000_000n
const CENT = 10_000_000n

function header(words: number, rtype: number, id: number, time: bigint, publisher = 1): Buffer {
  const bytes = Buffer.alloc(4 * words)
  bytes[0] = words
  bytes[1] = rtype
  bytes.writeUInt16LE(publisher, 2)
  bytes.writeUInt32LE(id, 4)
  bytes.writeBigUInt64LE(time, 8)
  return bytes
}

function priceOf(cents: number | undefined): bigint {
  return cents === undefined ? NO_PRICE : (BigInt(Math.round(cents * 100_000)) * CENT) / 100_000n
}

export function mbo(order: number | bigint, tick: DbnTick): Buffer {
  const { id = 7, time, received = time, action, side, cents, size = 0, flags = LAST, sequence = 0 } = tick
  const bytes = header(14, 0xa0, id, DAY + BigInt(time), tick.publisher)
  bytes.writeBigUInt64LE(BigInt(order), 16)
  bytes.writeBigInt64LE(priceOf(cents), 24)
  bytes.writeUInt32LE(size, 32)
  bytes[36] = flags
  bytes.write(action + side, 38, 'latin1')
  bytes.writeBigUInt64LE(DAY + BigInt(received), 40)
  bytes.writeUInt32LE(sequence, 52)
  return bytes
}

/** bid price, bid size, ask price, ask size in cents and lots; undefined for no level. */
export type DbnLevel = readonly [number | undefined, number, number | undefined, number]

/** trades (0 levels), mbp-1, tbbo (1) and mbp-10 (10; levels left out are empty). */
export function mbp(count: 0 | 1 | 10, tick: DbnTick, levels: readonly DbnLevel[] = [], rtype = count): Buffer {
  const { id = 7, time, received = time, action, side, cents, size = 0, flags = LAST, sequence = 0 } = tick
  const bytes = header(12 + 8 * count, rtype, id, DAY + BigInt(time), tick.publisher)
  bytes.writeBigInt64LE(priceOf(cents), 16)
  bytes.writeUInt32LE(size, 24)
  bytes.write(action + side, 28, 'latin1')
  bytes[30] = flags
  bytes.writeBigUInt64LE(DAY + BigInt(received), 32)
  bytes.writeUInt32LE(sequence, 44)
  for (let n = 0; n < count; n++) {
    const [bid, bidSize, ask, askSize] = levels[n] ?? [undefined, 0, undefined, 0]
    const at = 48 + 32 * n
    bytes.writeBigInt64LE(priceOf(bid), at)
    bytes.writeBigInt64LE(priceOf(ask), at + 8)
    bytes.writeUInt32LE(bidSize, at + 16)
    bytes.writeUInt32LE(askSize, at + 20)
  }
  return bytes
}

export function bar(rtype: number, time: number, prices: readonly number[], volume: number, id = 7): Buffer {
  const bytes = header(14, rtype, id, DAY + BigInt(time))
  prices.forEach((cents, i) => bytes.writeBigInt64LE(priceOf(cents), 16 + 8 * i))
  bytes.writeBigUInt64LE(BigInt(volume), 48)
  return bytes
}

export function definition(version: DbnVersion, symbol: string, cents: number | undefined, id = 7): Buffer {
  const [length, currency, name, exchange] = {
    1: [360, 186, 200, 243],
    2: [400, 186, 200, 292],
    3: [520, 224, 238, 330]
  }[version]
  const bytes = header(length / 4, 0x13, id, DAY)
  bytes.writeBigUInt64LE(DAY, 16)
  bytes.writeBigInt64LE(priceOf(cents), 24)
  bytes.write('EUR', currency)
  bytes.write(symbol, name)
  bytes.write('XEUR', exchange)
  return bytes
}

export function symbolMapping(version: DbnVersion, from: string, to: string, id = 7): Buffer {
  const bytes = header(version === 1 ? 20 : 44, 0x16, id, DAY)
  bytes.write(from, version === 1 ? 16 : 17)
  bytes.write(to, version === 1 ? 38 : 89)
  return bytes
}

/** A record that a tape does not tell: a heartbeat. */
export function systemMessage(version: DbnVersion): Buffer {
  return header(version === 1 ? 20 : 80, 0x17, 0, DAY)
}

export function status(time: number, action: number, isTrading: 'Y' | 'N' | '~' = '~', id = 7): Buffer {
  const bytes = header(10, 0x12, id, DAY + BigInt(time))
  bytes.writeBigUInt64LE(DAY + BigInt(time), 16)
  bytes.writeUInt16LE(action, 24)
  bytes.write(isTrading, 30, 'latin1')
  return bytes
}

function padded(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.write(text, 'latin1')
  return bytes
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
