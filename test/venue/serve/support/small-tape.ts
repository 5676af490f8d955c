import { HOUR, nanos, SECOND, type EpochSeconds, type Nanos } from '../../../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../../src/exchange/units.js'
import { TapeWriter } from '../../../../src/market/tape/tape-writer.js'

/** 2024-05-10, a Friday. */
export const FRIDAY: EpochSeconds = 1_715_299_200

const ACME = instrumentNo(0)

/**
 * From 14:00:00 on: 10 at 100.00 to buy and 1000 at 100.05 to sell; at 4 s 10 more at 100.00; the first are executed at 5 s, the
 * others at 6 s; at 8 s 10 stand there again. In between and until `seconds`, `perSecond` changes far from there.
 */
export function writeSmallTape(path: string, seconds: number, perSecond: number): void {
  const instruments = [{ symbol: 'ACME', tickSize: '0.01', lotSize: '1', feed: 'l3' }] as const
  const out = new TapeWriter(path, { instruments, source: 'a test', timeZone: 'UTC', createdFrom: [] }, FRIDAY)
  const step = SECOND / perSecond
  let id = 100
  for (let i = 0; i <= seconds * perSecond; i++) {
    const time: Nanos = nanos(14 * HOUR + Math.round(i * step))
    const second = i % perSecond === 0 ? i / perSecond : undefined
    if (second === 0) {
      out.add(time, ACME, 1, BUY, price(10_000), quantity(10))
      out.add(time, ACME, 2, SELL, price(10_005), quantity(1000))
    } else if (second === 4) out.add(time, ACME, 3, BUY, price(10_000), quantity(10))
    else if (second === 5) out.execute(time, ACME, 1, BUY, price(10_000), quantity(10))
    else if (second === 6) out.execute(time, ACME, 3, BUY, price(10_000), quantity(10))
    else if (second === 8) out.add(time, ACME, 4, BUY, price(10_000), quantity(10))
    else if (i % 2 === 1) out.add(time, ACME, ++id, SELL, price(20_000), quantity(1))
    else out.remove(time, ACME, id)
    out.eventEnd()
  }
  out.close()
}
