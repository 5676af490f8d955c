import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochOf, nanos, type Nanos } from '../../../src/base/time.js'
import { seededRandom } from '../../../src/base/random.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo, type Price } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import { SyntheticMarket } from '../../../src/market/synthetic/synthetic-market.js'
import { journaled, Venue } from '../../../src/venue/venue.js'

export interface RecordedSession {
  readonly path: string
  readonly trades: number
}

/**
 * Records a session of the real venue on its synthetic market: parent orders, each worked in slices that rest at the near
 * touch for a while, then cross; some rests are canceled and lost.
 */
export function recordSession({
  parents = 4,
  slices = 6,
  seconds = 10,
  inbound = 0,
  outbound = 0,
  seed = 11
} = {}): RecordedSession {
  const epoch = epochOf(Date.UTC(2026, 10, 20))
  const start = nanos(34_200_000_000_000)
  const market = new SyntheticMarket({ seed, epoch, start })
  const instruments = market.instruments.map((terms, no) => instrument(instrumentNo(no), terms))
  const models: ModelSettings = {
    preset: 'consume',
    queue: { kind: 'power', exponent: 3 },
    latency: { kind: 'constant', inbound: nanos(inbound), outbound: nanos(outbound) },
    seed: 1
  }
  const path = join(mkdtempSync(join(tmpdir(), 'paperpit-tca-')), 'session.db')
  const facts = { epoch, wallEpoch: epoch, instruments, models, market: { kind: 'synthetic', seed, start } as const }
  const journal = openJournal(path, facts, { deriveOnClose: 0 })
  const venue = new Venue({ instruments, models, market })
  let trades = 0
  venue.listener = journaled(journal, (event) => {
    if (event.kind === 'trade') trades++
  })
  journal.beginRun({ startedAt: start, venueTime: start, marketShift: 0, version: 'test' })

  const random = seededRandom(seed, 'slices')
  const session = sessionNo(0)
  const slice = (seconds * 1e9) / slices
  let ids = 0
  let time: Nanos = nanos(start + 1_000_000_000)
  const at = (later: number): Nanos => {
    time = nanos(time + Math.floor(later))
    venue.advance(time)
    return time
  }
  for (let parent = 0; parent < parents; parent++) {
    const it = instruments[parent % instruments.length]
    const side = random.uniform() < 0.5 ? BUY : SELL
    const qty = quantity(it.lotSize * (10 + random.below(20)))
    const tags = [[Tag.ClOrdLinkID, `parent-${parent + 1}`]] as const
    const order = (limit: Price | undefined): string => {
      const clOrdId = `C${++ids}`
      const asked = { session, clOrdId, instrument: it.no, side, orderQty: qty, tags }
      const type =
        limit === undefined
          ? ({ ordType: 'market', price: price(0) } as const)
          : ({ ordType: 'limit', price: limit } as const)
      const command = { kind: 'new', time, timeInForce: 'day', ...asked, ...type } as const
      journal.command(command)
      venue.submit(command)
      return clOrdId
    }
    const touch = (of: 1 | -1): Price => venue.exchange.depth(it.no, of, 1)[0].price
    for (let i = 0; i < slices; i++) {
      at(slice * 0.1)
      const resting = order(touch(side))
      at(slice * (0.3 + 0.4 * random.uniform()))
      const state = venue.exchange.findOrder(session, resting)
      if (state && state.leavesQty > 0) {
        const clOrdId = `C${++ids}`
        const chain = { time, session, clOrdId, origClOrdId: resting }
        const command =
          random.uniform() < 0.2
            ? ({ kind: 'cancel', ...chain } as const)
            : ({
                kind: 'replace',
                ...chain,
                orderQty: undefined,
                price: touch(-side as 1 | -1),
                ordType: undefined,
                timeInForce: undefined,
                tags
              } as const)
        journal.command(command)
        venue.submit(command)
      }
      at(slice * 0.1)
      journal.commit(time, time)
    }
  }
  at(20e9)
  const end = { kind: 'endOfDay', time } as const
  journal.command(end)
  venue.submit(end)
  at(1e9)
  journal.close(time, time)
  return { path, trades }
}
