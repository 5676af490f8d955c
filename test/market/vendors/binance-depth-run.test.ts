import { describe, expect, it } from 'vitest'
import { BinanceDepthRun } from '../../../src/market/vendors/binance-depth-run.js'
import { BinanceDepthSync } from '../../../src/market/vendors/binance-depth-sync.js'
import type { BinanceDepth } from '../../../src/market/vendors/binance-messages.js'

/** An update of spot with ids from `firstId` on, or of USD-M behind `previousId`. */
function update(firstId: number, lastId: number, previousId?: number): BinanceDepth {
  const nothing = { symbol: 'A', eventTime: 0, transactionTime: undefined, bids: [], asks: [] } as const
  return { kind: 'depth', firstId, lastId, previousId, ...nothing }
}

function run(...updates: readonly BinanceDepth[]): BinanceDepthRun {
  const kept = new BinanceDepthRun()
  for (const each of updates) kept.push(each)
  return kept
}

const behind = (kept: BinanceDepthRun, snapshot: number): number[] | undefined =>
  kept.behind(new BinanceDepthSync(snapshot))?.map(({ lastId }) => lastId)

describe('the latest depth updates of a stream', () => {
  it('are taken from where a snapshot ends', () => {
    const kept = run(update(1, 3), update(4, 6), update(7, 9))
    expect([0, 3, 4, 6, 9, 12].map((id) => behind(kept, id))).toEqual([[3, 6, 9], [6, 9], [6, 9], [9], [], []])
  })

  it('say of a snapshot that it is older than they are', () => {
    expect(behind(run(update(10, 12), update(13, 15)), 8)).toBeUndefined()
    expect(behind(run(update(20, 25, 15)), 14)).toBeUndefined()
    expect(behind(run(update(20, 25, 15)), 15)).toEqual([25])
  })

  it('begin anew behind a gap, without what comes twice or late', () => {
    const kept = run(update(1, 3), update(7, 9), update(4, 6), update(7, 9), update(10, 12))
    expect([behind(kept, 3), behind(kept, 6)]).toEqual([undefined, [9, 12]])
  })

  it('are the newest alone once the others are in a book', () => {
    const kept = run(update(1, 3), update(4, 6))
    kept.only(update(7, 9))
    expect([behind(kept, 5), behind(kept, 6)]).toEqual([undefined, [9]])
  })

  it('are the newer half where there are too many', () => {
    const kept = run(...Array.from({ length: 10_001 }, (_, n) => update(n, n)))
    expect([behind(kept, 4998), behind(kept, 4999)?.length]).toEqual([undefined, 5001])
  })
})
