import { readFileSync, writeFileSync } from 'node:fs'
import {
  Dictionary,
  Float16,
  Float64,
  Int64,
  Int8,
  makeData,
  makeVector,
  TimestampNanosecond,
  Uint32,
  Utf8,
  vectorFromArray,
  type Vector
} from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import { BUY, instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import { BATCH_ROWS, TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { METADATA, writeArrow } from '../support/arrow-file.js'
import { RecordingSink } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const START = 1_340_285_400_000_000_000n

function times(...unix: bigint[]): Vector {
  const type = new TimestampNanosecond('UTC')
  return makeVector(makeData({ type, length: unix.length, nullCount: 0, data: BigInt64Array.from(unix) }))
}

const text = (...values: string[]): Vector => vectorFromArray(values, new Utf8())

function columns(): Record<string, Vector> {
  return {
    time: times(START, START + 5n, START + 5n),
    symbol: text('XYZ', 'XYZ', 'XYZ'),
    action: text('add', 'level', 'trade'),
    side: vectorFromArray([1, -1, 0], new Int8()),
    price: vectorFromArray([5_794_000n, 5_795_000n, 5_794_550n], new Int64()),
    qty: vectorFromArray([100n, 0n, 30n], new Int64()),
    orderId: vectorFromArray([1, 0, 0], new Uint32()),
    flags: vectorFromArray([1, 1, 1], new Int8())
  }
}

/** The message of the mistake that replaying a tape ends with, without the path. */
function mistake(path: string): string {
  try {
    const source = openTapes([path])
    source.advance(source.end!, new RecordingSink())
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).position?.file).toBe(path)
    return (error as Error).message.replace(path, 'TAPE')
  }
  return 'no mistake'
}

function mistakeWith(change: Record<string, Vector | undefined>, metadata: unknown = METADATA): string {
  const path = temporary('bad.arrow')
  const all: Record<string, Vector | undefined> = { ...columns(), ...change }
  const kept = Object.entries(all).filter((entry): entry is [string, Vector] => entry[1] !== undefined)
  writeArrow(path, Object.fromEntries(kept), metadata)
  return mistake(path)
}

describe('a mistake in a tape is told with its row and what was expected:', () => {
  it('none in the tape that the other cases change', () => {
    expect(mistakeWith({})).toBe('no mistake')
  })

  it.each<[string, Record<string, Vector | undefined>, string]>([
    [
      'a missing column',
      { side: undefined, qty: undefined },
      'TAPE column side, qty is missing; a tape has the columns time, symbol, action, side, price, qty, orderId, flags, this file has time, symbol, action, price, orderId, flags'
    ],
    [
      'times that are numbers',
      { time: vectorFromArray([1n, 2n, 3n], new Int64()) },
      'TAPE column time has type Int64, expected timestamp[ns, UTC]'
    ],
    [
      'times without a zone',
      {
        time: makeVector(
          makeData({ type: new TimestampNanosecond(), length: 3, nullCount: 0, data: new BigInt64Array(3) })
        )
      },
      'TAPE column time has timestamps without a time zone, expected timestamp[ns, UTC] (pandas: tz_localize("UTC"))'
    ],
    [
      'prices that are text',
      { price: text('579.40', '579.50', '579.45') },
      'TAPE column price has type Utf8, expected an integer type'
    ],
    [
      'an action that is a number',
      { action: vectorFromArray([1, 2, 3], new Int8()) },
      'TAPE column action has type Int8, expected text (a dictionary or plain utf8)'
    ],
    [
      'time that goes back',
      { time: times(START, START + 5n, START + 4n) },
      'TAPE row 3 (trade): time goes back by 1 ns; expected rows in time order'
    ],
    [
      'decimal prices',
      { price: vectorFromArray([5_794_000, 579.5, 5_794_550], new Float64()) },
      "TAPE row 2, column price: expected a whole number, from -9007199254740991 to 9007199254740991, at the instrument's scale; got 579.5"
    ],
    [
      'a price off the tick',
      { price: vectorFromArray([5_794_050n, 5_795_000n, 5_794_550n], new Int64()) },
      'TAPE row 1 (add): price 5794050 (579.405) of XYZ is off its tick of 100 price units'
    ],
    [
      'a number beyond what is exact',
      { qty: vectorFromArray([100n, 2n ** 60n, 1n], new Int64()) },
      "TAPE row 2, column qty: expected a whole number, not negative, at the instrument's scale; got 1152921504606846976"
    ],
    [
      'a negative quantity',
      { qty: vectorFromArray([100n, -1n, 1n], new Int64()) },
      "TAPE row 2, column qty: expected a whole number, not negative, at the instrument's scale; got -1"
    ],
    [
      'a print of nothing',
      { qty: vectorFromArray([1n, 0n, 0n], new Int64()) },
      'TAPE row 3 (trade): expected a positive qty'
    ],
    [
      'a side that is none',
      { side: vectorFromArray([1, 0, 0], new Int8()) },
      'TAPE row 2 (level): expected side 1 (bid) or -1 (ask)'
    ],
    [
      'an order without id',
      { orderId: vectorFromArray([0, 0, 0], new Uint32()) },
      'TAPE row 1 (add): expected an orderId'
    ],
    [
      'an unknown action',
      { action: text('add', 'insert', 'trade') },
      'TAPE row 2, column action: expected one of add, reduce, remove, modify, execute, level, quote, trade, hidden, clear, preOpen, openingAuction, continuous, halt, volatilityAuction, closingAuction, tradeAtLast, closed; got "insert"'
    ],
    [
      'an unknown symbol',
      { symbol: text('XYZ', 'XYZ', 'ABC') },
      'TAPE row 3, column symbol: expected a symbol that the metadata lists; got "ABC"'
    ],
    [
      'half floats',
      { qty: vectorFromArray([100, 0, 30], new Float16()) },
      'TAPE column qty has type Float16, expected an integer type'
    ],
    [
      'a dictionary that holds no texts',
      { symbol: vectorFromArray([7n, 7n, 7n], new Dictionary(new Int64(), new Int8())) },
      'TAPE column symbol has type Dictionary<Int8, Int64>, expected text (a dictionary or plain utf8)'
    ],
    [
      'a dictionary with a symbol missing',
      { symbol: vectorFromArray(['XYZ', null, 'XYZ'], new Dictionary(new Utf8(), new Int8())) },
      'TAPE row 2, column symbol: expected a symbol that the metadata lists; got nothing'
    ],
    [
      'an exchange time of 1970 where it is not known',
      { exchangeTime: times(START, 0n, START) },
      'TAPE row 2, column exchangeTime: the time is more than 104 days from the first of the tape; expected nothing where it is not known'
    ],
    [
      'a last time too far from the first',
      { time: times(START, START, START + 105n * 86_400_000_000_000n) },
      'TAPE the tape ends on 2012-10-04, more than 104 days after 2012-06-21, which is the first day that is replayed; expected tapes that span 104 days at most'
    ],
    [
      'a time between them too far from the first',
      { time: times(START, START + 105n * 86_400_000_000_000n, START) },
      'TAPE row 2, column time: the time is more than 104 days from the first of the tape'
    ]
  ])('%s', (_name, change, message) => {
    expect(mistakeWith(change)).toBe(message)
  })

  it.each<[string, unknown, string]>([
    [
      'no metadata',
      null,
      'TAPE tape metadata: expected the schema metadata key "paperpit.tape", or the same JSON in TAPE.json'
    ],
    [
      'another version',
      { ...METADATA, schemaVersion: 3 },
      'TAPE tape metadata: /schemaVersion: expected 1 or 2, the versions that this program reads, got 3'
    ],
    [
      'no instruments',
      { schemaVersion: 1 },
      'TAPE tape metadata: /instruments: expected a list of at least one instrument'
    ],
    [
      'a tick that is a number',
      { schemaVersion: 1, instruments: [{ symbol: 'XYZ', tickSize: 0.01, lotSize: '1' }] },
      'TAPE tape metadata: /instruments/0/tickSize: expected text'
    ],
    [
      'a tick that does not fit',
      { schemaVersion: 1, instruments: [{ symbol: 'XYZ', tickSize: '0.01', lotSize: '1', priceScale: 1 }] },
      'TAPE tape metadata: /instruments/0: expected tick and lot that fit their scales (tick size "0.01" of XYZ is no positive decimal at scale 1)'
    ]
  ])('%s', (_name, metadata, message) => {
    expect(mistakeWith({}, metadata).replaceAll(temporary('bad.arrow'), 'TAPE')).toBe(message)
  })
})

describe('a file that is no tape is told:', () => {
  function written(name: string, content: string | Uint8Array): string {
    const path = temporary(name)
    writeFileSync(path, content)
    return path
  }

  const notArrow = 'TAPE not an Arrow IPC stream or file: expected a tape, as "paperpit tape import" writes it'

  it('a CSV file', () => {
    expect(mistake(written('day.csv', '34200.01,1,2,3,4,5\n'))).toBe(notArrow)
  })

  it('an empty file', () => {
    expect(mistake(written('empty.arrow', ''))).toBe(notArrow)
  })

  it('a file that is not there', () => {
    const path = temporary('absent.arrow')
    expect(mistake(path)).toMatch(/^TAPE cannot read the tape: ENOENT/)
  })

  it('a damaged file', () => {
    const path = temporary('damaged.arrow')
    writeArrow(path, columns())
    const bytes = readFileSync(path)
    bytes.fill(0x55, 8, 60)
    writeFileSync(path, bytes)
    expect(mistake(path)).toBe('TAPE damaged Arrow data: unexpected message at byte 0')
  })
})

describe('a tape that was cut', () => {
  it('is told wherever the cut is, even between two messages', () => {
    const whole = temporary('whole.arrow')
    const metadata = { ...METADATA, source: 'a test', timeZone: 'UTC', createdFrom: [] }
    const terms = [{ symbol: 'XYZ', tickSize: '0.01', lotSize: '1', priceScale: 4 }]
    const tape = new TapeWriter(whole, { ...metadata, instruments: terms }, 1_340_236_800)
    for (let i = 0; i < BATCH_ROWS + 10; i++) {
      tape.trade(nanos(i), instrumentNo(0), BUY, price(1), quantity(1))
      tape.eventEnd()
    }
    tape.close()
    const bytes = readFileSync(whole)
    const file = new TapeFile(whole)
    expect(file.rows).toBe(BATCH_ROWS + 10)
    file.close()

    const cuts = new Map<number, number>()
    const path = temporary('cut.arrow')
    const places = [
      bytes.length - 1,
      bytes.length - 8,
      bytes.length - 9,
      bytes.length - 600,
      bytes.length - 2000,
      3000,
      20
    ]
    for (const length of places) {
      writeFileSync(path, bytes.subarray(0, length))
      const message = mistake(path)
      expect(message).toMatch(/^TAPE the tape is cut: /)
      cuts.set(length, Number(/after (\d+) complete rows/.exec(message)?.[1]))
    }
    expect([...cuts.values()]).toEqual([BATCH_ROWS + 10, BATCH_ROWS + 10, BATCH_ROWS, BATCH_ROWS, 0, 0, 0])
  })

  it('is told of an Arrow file by its missing footer', () => {
    const path = temporary('feather.arrow')
    writeArrow(path, columns(), METADATA, 'file')
    expect(mistake(path)).toBe('no mistake')
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, bytes.length - 20))
    expect(mistake(path)).toBe(
      `TAPE the tape is cut: an Arrow IPC file of ${bytes.length - 20} bytes without its footer`
    )
    writeFileSync(path, 'ARROW1')
    expect(mistake(path)).toBe('TAPE the tape is cut: an Arrow IPC file of 6 bytes without its footer')
  })
})
