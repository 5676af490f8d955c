import { describe, expect, it } from 'vitest'
import { epochOf } from '../../../src/base/time.js'
import { type Fault, REJECT_TEXT } from '../../../src/fix/dictionary/session-reject.js'
import { Validator } from '../../../src/fix/dictionary/validator.js'
import { ParsedMessage } from '../../../src/fix/wire/parsed-message.js'
import { FIX44 } from '../wire/dictionary-fixture.js'
import { header, messageBytes } from '../wire/fix-text.js'

const EPOCH = epochOf(Date.UTC(2026, 10, 20))
const lenient = new Validator(FIX44, 'lenient')
const strict = new Validator(FIX44, 'strict')
const shared = new ParsedMessage(FIX44, EPOCH)

function validate(body: string, validator: Validator = lenient): Fault | undefined {
  const bytes = messageBytes(body)
  expect(shared.read(bytes, 0, bytes.length), body).toBe(true)
  return validator.validate(shared)
}

/** "373 371" of the first fault, with the text checked against the reason's. */
function faultOf(body: string, validator?: Validator): string {
  const found = validate(body, validator)
  if (found === undefined) return 'valid'
  expect(found.text).toBe(REJECT_TEXT[found.reason])
  return `${found.reason} ${found.refTag}`
}

const order = `${header('D')}11=A-1|21=1|38=100|40=2|44=10.5|54=1|55=GOOG|59=0|60=20261120-07:15:30|`
/** The order with a field replaced. */
const withField = (tag: number, field: string): string => order.replace(new RegExp(`\\|${tag}=[^|]*\\|`), `|${field}|`)
const parties = (groups: string): string => `${order}${groups}`

describe('a valid message', () => {
  it('has no fault', () => {
    expect(faultOf(order)).toBe('valid')
    expect(faultOf(order, strict)).toBe('valid')
    expect(faultOf(header('0'))).toBe('valid')
    expect(faultOf(`${header('A')}98=0|108=30|141=Y|`)).toBe('valid')
  })

  it('may hold its body in any order', () => {
    expect(faultOf(`${header('D')}60=20261120-07:15:30|55=X|54=1|44=1|40=2|38=1|21=1|11=A|`)).toBe('valid')
  })
})

describe('373=0, invalid tag number', () => {
  it('for tags below 5000 that the dictionary does not hold', () => {
    expect(faultOf(`${order}999=x|`)).toBe('0 999')
    expect(faultOf(`${order}0=x|`)).toBe('0 0')
    expect(faultOf(`${order}-1=x|`)).toBe('0 -1')
    expect(faultOf(`${order}99999999999=x|`)).toBe('0 99999999999')
  })

  it('for user-defined tags only where validation is strict', () => {
    expect(faultOf(`${order}5000=x|12345=y|`)).toBe('valid')
    expect(faultOf(`${order}5000=x|`, strict)).toBe('0 5000')
    expect(faultOf(`${order}20000=x|`, strict)).toBe('0 20000')
  })
})

describe('373=1, required tag missing', () => {
  it('for each required field of header and body', () => {
    const without = (tag: number): string => order.replace(new RegExp(`\\|${tag}=[^|]*\\|`), '|')
    for (const tag of [34, 49, 52, 56, 11, 40, 54, 55, 60]) expect(faultOf(without(tag))).toBe(`1 ${tag}`)
    for (const tag of [38, 44, 21, 59]) expect(faultOf(without(tag))).toBe('valid')
  })

  it('names the first one of several in the order of the definition', () => {
    expect(faultOf(header('D'))).toBe('1 11')
    expect(faultOf(`${header('A')}108=30|`)).toBe('1 98')
  })

  it('in entries of a group, too', () => {
    const list = `${header('E')}66=L|394=3|68=2|73=2|`
    expect(faultOf(`${list}11=A|67=1|55=X|54=1|11=B|67=2|55=X|54=1|`)).toBe('valid')
    expect(faultOf(`${list}11=A|67=1|54=1|11=B|67=2|55=X|54=1|`)).toBe('1 55')
    expect(faultOf(`${list}11=A|67=1|55=X|54=1|11=B|67=2|55=X|`)).toBe('1 54')
  })

  it('for the NumInGroup field of a required group, where its entries are there', () => {
    expect(faultOf(`${header('V')}262=1|263=1|264=1|265=0|269=0|146=1|55=A|`)).toBe('1 267')
  })

  it('for data without its length, and a length without its data', () => {
    expect(faultOf(`${order}355=abc|`)).toBe('1 354')
    expect(faultOf(`${order}354=3|58=abc|`)).toBe('1 355')
    expect(faultOf(`${order}354=0|58=abc|`)).toBe('valid')
  })

  it('comes after faults of fields that are there', () => {
    expect(faultOf(`${header('D')}11=A|54=Z|`)).toBe('5 54')
  })
})

describe('373=2, tag not defined for this message type', () => {
  it('for known fields of other messages', () => {
    expect(faultOf(`${order}150=0|`)).toBe('2 150')
    expect(faultOf(`${header('0')}11=A|`)).toBe('2 11')
  })

  it('for fields of a group outside it', () => {
    expect(faultOf(`${order}448=FIRM|`)).toBe('2 448')
  })

  it('where such a field ends a group', () => {
    expect(faultOf(parties('453=2|448=FIRM|150=0|448=DESK|'))).toBe('2 150')
    expect(faultOf(parties('453=2|448=FIRM|999=0|448=DESK|'))).toBe('0 999')
  })

  it('never for message types that the dictionary only names', () => {
    const listed = [...FIX44.messages.values()].find((message) => message.listedOnly)
    if (listed === undefined) return
    expect(faultOf(`${header(listed.msgType)}11=A|150=0|9999=x|`)).toBe('valid')
  })
})

describe('373=4, tag specified without a value', () => {
  it('in header, body, groups and user-defined tags', () => {
    expect(faultOf(withField(11, '11='))).toBe('4 11')
    expect(faultOf(order.replace('49=OMS1', '49='))).toBe('4 49')
    expect(faultOf(`${order}115=|`)).toBe('14 115')
    expect(faultOf(order.replace('|11=', '|115=|11='))).toBe('4 115')
    expect(faultOf(`${order}5001=|`)).toBe('4 5001')
    expect(faultOf(parties('453=1|448=|'))).toBe('4 448')
    expect(faultOf(parties('453=|'))).toBe('4 453')
    expect(faultOf(header('D').replace('35=D', '35='))).toBe('4 35')
  })
})

describe('373=5, value is incorrect', () => {
  it('for values that are not listed', () => {
    expect(faultOf(withField(54, '54=Z'))).toBe('5 54')
    expect(faultOf(withField(40, '40=0'))).toBe('5 40')
    expect(faultOf(withField(59, '59=8'))).toBe('5 59')
    expect(faultOf(`${header('3')}45=1|373=18|`)).toBe('5 373')
    expect(faultOf(`${header('3')}45=1|373=17|`)).toBe('valid')
    expect(faultOf(parties('453=1|448=X|447=z|'))).toBe('5 447')
  })

  it('for one of several values', () => {
    expect(faultOf(`${order}18=1 G M|`)).toBe('valid')
    expect(faultOf(`${order}18=1 ~ M|`)).toBe('5 18')
    expect(faultOf(`${order}18=1 GG|`)).toBe('5 18')
  })

  it('for a length that is not that of the data', () => {
    expect(faultOf(`${order}354=3|355=a|b|`)).toBe('valid')
    expect(faultOf(`${order}354=5|355=ab|`)).toBe('5 354')
  })
})

describe('373=6, incorrect data format', () => {
  it('numbers beyond 2^53, which nobody can count with', () => {
    const reset = (newSeqNo: string): string => `${header('4')}36=${newSeqNo}|`
    expect(faultOf(reset('9007199254740991'))).toBe('valid')
    expect(faultOf(reset('0000000000000000000000017'))).toBe('valid')
    expect(faultOf(reset('9007199254740992'))).toBe('6 36')
    expect(faultOf(reset('99999999999999999999999999'))).toBe('6 36')
    expect(faultOf(`${header('A')}98=0|108=-9007199254740992|`)).toBe('6 108')
  })

  const cases: [type: string, tag: number, good: string[], bad: string[]][] = [
    [
      'Qty',
      38,
      ['100', '1.5', '-3', '007', '.5', '5.'],
      ['+100', '1e3', 'abc', '1,000', '--1', '1.2.3', '-', '.', '1 ']
    ],
    ['Price', 44, ['10.25', '-1', '0'], ['+10', '10x', '1-', '$1']],
    ['char', 54, ['1'], ['12', '1 ']],
    [
      'UTCTimestamp',
      60,
      [
        '20261120-07:15:30',
        '20261120-07:15:30.123',
        '20261120-07:15:30.123456',
        '20261120-07:15:60.123456789',
        '20280229-00:00:00'
      ],
      [
        '20261120',
        '20261120 07:15:30',
        '20261320-07:15:30',
        '20260229-07:15:30',
        '20261120-24:00:00',
        '20261120-07:60:00',
        '20261120-07:15:61',
        '20261120-07:15:30.1',
        '20261120-07:15:30,123',
        '20261120-7:15:30',
        '2026112A-07:15:30'
      ]
    ]
  ]
  for (const [type, tag, good, bad] of cases) {
    it(type, () => {
      for (const value of good) expect(faultOf(withField(tag, `${tag}=${value}`)), value).toBe('valid')
      for (const value of bad) expect(faultOf(withField(tag, `${tag}=${value}`)), value).toBe(`6 ${tag}`)
    })
  }

  const others: [type: string, tag: number, good: string[], bad: string[]][] = [
    ['int', 847, ['1', '-5', '007'], ['+1', '1.0', 'x', '-', '1 ']],
    ['Boolean', 114, ['Y', 'N'], ['y', '1', 'YES', '0']],
    ['Currency', 15, ['USD', 'EUR'], ['US', 'usd', 'USDX', 'U1D']],
    ['Country', 470, ['US'], ['USA', 'us', 'U']],
    ['MonthYear', 200, ['202611', '20261120', '202611w2'], ['2026', '202613', '20261131', '202611w6', '2026-11']],
    [
      'LocalMktDate',
      64,
      ['20261120', '20280229'],
      ['2026112', '20261131', '20270229', '20261120-07:15:30', '2026-1-2']
    ],
    ['MultipleValueString', 18, ['1', '1 2'], [' 1', '1 ', '1  2']],
    ['NumInGroup', 453, ['0'], ['-1', '1.0', 'x', '+0']],
    ['Percentage', 516, ['0.05', '50'], ['50%', '+5']]
  ]
  for (const [type, tag, good, bad] of others) {
    it(type, () => {
      for (const value of good) expect(faultOf(`${order}${tag}=${value}|`), value).toBe('valid')
      for (const value of bad) expect(faultOf(`${order}${tag}=${value}|`), value).toBe(`6 ${tag}`)
    })
  }

  it('SeqNum and Length', () => {
    expect(faultOf(order.replace('34=2', '34=+2'))).toBe('6 34')
    expect(faultOf(order.replace('34=2', '34=-2'))).toBe('6 34')
    expect(faultOf(`${header('2')}7=1|16=x|`)).toBe('6 16')
    expect(faultOf(`${order}354=x|355=a|`)).toBe('6 354')
  })

  it('UTCTimeOnly and UTCDateOnly', () => {
    const entry = (field: string): string => `${header('W')}55=X|268=1|269=0|${field}|`
    for (const value of ['07:15:30', '07:15:30.123', '23:59:60']) expect(faultOf(entry(`273=${value}`))).toBe('valid')
    for (const value of ['24:00:00', '7:15:30', '07:15', '07:15:30.12'])
      expect(faultOf(entry(`273=${value}`))).toBe('6 273')
    expect(faultOf(entry('272=20261120'))).toBe('valid')
    expect(faultOf(entry('272=20261131'))).toBe('6 272')
  })
})

describe('373=11, invalid MsgType', () => {
  it('for types that no dictionary holds', () => {
    expect(faultOf(header('ZZ'))).toBe('11 35')
    expect(faultOf(header('U1'))).toBe('11 35')
  })
})

describe('373=13, tag appears more than once', () => {
  it('outside groups', () => {
    expect(faultOf(`${order}11=B|`)).toBe('13 11')
    expect(faultOf(order.replace('|49=OMS1|', '|49=OMS1|49=OMS1|'))).toBe('13 49')
    expect(faultOf(`${order}5001=a|5001=b|`)).toBe('13 5001')
  })

  it('not in the entries of a group', () => {
    expect(faultOf(parties('453=2|448=A|448=B|'))).toBe('valid')
  })
})

describe('373=14, tag specified out of required order', () => {
  it('for header fields in the body, and body fields in the trailer', () => {
    expect(faultOf(`${order}57=DESK|`)).toBe('14 57')
    expect(faultOf(`${order}93=1|89=x|58=late|`)).toBe('14 58')
    expect(faultOf(order.replace('|49=OMS1', '').replace('|21=1', '|21=1|49=OMS1'))).toBe('14 49')
  })
})

describe('373=15, repeating group fields out of order', () => {
  it('where an entry does not begin with the first field', () => {
    expect(faultOf(parties('453=1|447=D|448=FIRM|452=1|'))).toBe('15 447')
  })

  it('unless the field that ends the group is the fault', () => {
    expect(faultOf(parties('453=2|448=FIRM|57=DESK|448=DESK|'))).toBe('14 57')
    expect(faultOf(parties('453=1|453=1|448=FIRM|'))).toBe('13 453')
    expect(faultOf(parties('453=2|448=FIRM|11=B|'))).toBe('13 11')
  })

  it('where fields of an entry change places or come twice', () => {
    expect(faultOf(parties('453=1|448=FIRM|452=1|447=D|'))).toBe('15 447')
    expect(faultOf(parties('453=1|448=FIRM|447=D|447=D|'))).toBe('15 447')
    expect(faultOf(parties('453=1|448=FIRM|802=1|803=1|523=x|'))).toBe('15 803')
  })
})

describe('373=16, incorrect NumInGroup count', () => {
  it('where there are fewer or more entries', () => {
    expect(faultOf(parties('453=2|448=FIRM|447=D|'))).toBe('16 453')
    expect(faultOf(parties('453=1|448=FIRM|448=DESK|'))).toBe('16 453')
    expect(faultOf(parties('453=1|'))).toBe('16 453')
    expect(faultOf(parties('453=0|448=FIRM|'))).toBe('16 453')
    expect(faultOf(parties('453=1|448=FIRM|802=2|523=x|803=1|'))).toBe('16 802')
  })

  it('takes NoXxx=0', () => {
    expect(faultOf(parties('453=0|'))).toBe('valid')
    expect(faultOf(parties('453=1|448=FIRM|802=0|'))).toBe('valid')
  })

  it('takes user-defined tags in entries, and fields of the message behind the group', () => {
    expect(faultOf(parties('453=1|448=FIRM|5001=x|447=D|58=text|'))).toBe('valid')
    expect(faultOf(parties('453=1|448=FIRM|5001=x|447=D|'), strict)).toBe('0 5001')
  })
})

it('names the first fault in the order of the fields', () => {
  expect(faultOf(`${header('D')}11=A|54=Z|999=x|38=abc|`)).toBe('5 54')
  expect(faultOf(`${header('D')}11=A|999=x|54=Z|38=abc|`)).toBe('0 999')
})

it('forgets the message before', () => {
  expect(faultOf(`${header('D')}11=A|`)).toBe('1 55')
  expect(faultOf(order)).toBe('valid')
  expect(faultOf(order)).toBe('valid')
})
