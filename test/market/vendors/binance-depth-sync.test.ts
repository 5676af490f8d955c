import { describe, expect, it } from 'vitest'
import { BinanceDepthSync } from '../../../src/market/vendors/binance-depth-sync.js'

const spot = (firstId: number, lastId: number) => ({ firstId, lastId, previousId: undefined })
const usdm = (previousId: number, firstId: number, lastId: number) => ({ firstId, lastId, previousId })

describe('depth updates behind a snapshot', () => {
  it.each([
    ['spot: the snapshot lies in the first', [spot(95, 103), spot(104, 110)], ['follows', 'follows']],
    ['spot: the first begins right behind', [spot(101, 103)], ['follows']],
    ['spot: the first begins later', [spot(102, 103)], ['gap']],
    [
      'spot: old ones, and one twice',
      [spot(90, 95), spot(96, 100), spot(101, 102), spot(101, 102)],
      ['old', 'old', 'follows', 'old']
    ],
    ['spot: one is missing', [spot(99, 103), spot(105, 106), spot(104, 104)], ['follows', 'gap', 'follows']],
    ['USD-M: the snapshot lies in the first', [usdm(90, 95, 103), usdm(103, 120, 130)], ['follows', 'follows']],
    ['USD-M: ids have holes', [usdm(100, 150, 160)], ['follows']],
    ['USD-M: the first follows a later one', [usdm(101, 150, 160)], ['gap']],
    ['USD-M: one is missing', [usdm(90, 95, 103), usdm(104, 120, 130)], ['follows', 'gap']]
  ])('%s', (_name, updates, judgements) => {
    const sync = new BinanceDepthSync(100)
    expect(updates.map((update) => sync.judge(update))).toEqual(judgements)
  })
})
