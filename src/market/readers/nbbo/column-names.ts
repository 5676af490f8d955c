/** What vendors call the columns, in small letters and without what is no letter or digit; the first that is there counts. */
export const COLUMN_NAMES = {
  // The consolidated time first: the exchanges' own go back and forth among each other.
  time: [
    'siptimestamp',
    'participanttimestamp',
    'tsevent',
    'timestamp',
    'datetime',
    'gmttime',
    'localtime',
    'quotetime',
    'tradetime',
    'exchangetime',
    'ts',
    'timem',
    'time',
    't',
    'qutime',
    'utcsec'
  ],
  date: ['date', 'day', 'tradedate', 'quotedate'],
  symbol: ['symbol', 'ticker', 'sym', 'symroot', 'instrument', 'ric', 'localsymbol'],
  symbolSuffix: ['symsuffix'],
  bidPrice: ['bidprice', 'bestbidprice', 'bestbid', 'bidpx', 'bidp', 'bid', 'bp', 'nbb'],
  bidQty: [
    'bestbidsizeshares',
    'bestbidsizshares',
    'bidsize',
    'bestbidsize',
    'bestbidsiz',
    'bestbidqty',
    'bestbidquantity',
    'bestbidamount',
    'bidamount',
    'bidsiz',
    'bidsz',
    'bidqty',
    'bidquantity',
    'bidvolume',
    'bids',
    'bs',
    'nbbsize'
  ],
  askPrice: [
    'askprice',
    'offerprice',
    'bestaskprice',
    'bestofferprice',
    'bestask',
    'bestoffer',
    'bestofr',
    'askpx',
    'askp',
    'ask',
    'offer',
    'ofr',
    'ap',
    'nbo'
  ],
  askQty: [
    'bestasksizeshares',
    'bestasksizshares',
    'bestofrsizeshares',
    'asksize',
    'offersize',
    'bestasksize',
    'bestasksiz',
    'bestofrsiz',
    'bestaskqty',
    'bestaskquantity',
    'bestaskamount',
    'askamount',
    'asksiz',
    'ofrsiz',
    'asksz',
    'askqty',
    'askquantity',
    'askvolume',
    'asks',
    'as',
    'nbosize'
  ],
  price: ['price', 'tradeprice', 'lastprice', 'px', 'p', 'last'],
  qty: ['size', 'tradesize', 'lastsize', 'quantity', 'qty', 'volume', 'shares', 'amount', 's', 'v'],
  side: ['side', 'aggressor', 'aggressorside', 'takerside']
} as const

/** The column of a kind in a header, by its usual names. */
export function columnFinder(names: readonly string[]): (kind: keyof typeof COLUMN_NAMES) => string | undefined {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''))
  return (kind) => {
    const known: readonly string[] = COLUMN_NAMES[kind]
    const find = (candidates: readonly string[]): string | undefined => {
      const name = known.find((each) => candidates.includes(each))
      return name === undefined ? undefined : names[candidates.indexOf(name)]
    }
    return find(plain) ?? (kind === 'time' ? find(plain.map((name) => name.replace(UNIT_OR_ZONE, ''))) : undefined)
  }
}

/** What may stand behind the name of a time. */
const UNIT_OR_ZONE = /(utc|gmt|est|et|ns|us|ms|nanos|micros|millis)$/
