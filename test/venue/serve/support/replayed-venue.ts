import { expect, vi } from 'vitest'
import { ManualClock, nanos, SECOND, type Nanos } from '../../../../src/base/time.js'
import type { Command } from '../../../../src/exchange/command.js'
import type { ExchangeEvent } from '../../../../src/exchange/event.js'
import { instrument, type Instrument } from '../../../../src/exchange/instrument.js'
import type { LatencySettings } from '../../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, sessionNo } from '../../../../src/exchange/units.js'
import type { Journal, MarketJump, SessionFacts } from '../../../../src/journal/journal.js'
import { openJournal } from '../../../../src/journal/open-journal.js'
import { openJournalReader } from '../../../../src/journal/open-journal-reader.js'
import { openTapes } from '../../../../src/market/replay/open-tapes.js'
import { DEFAULT_TRADING } from '../../../../src/venue/config/trading-config.js'
import { DEFAULT_CONFIG, type Speed } from '../../../../src/venue/config/venue-config.js'
import { followPhases } from '../../../../src/venue/phases/follow-phases.js'
import { recover } from '../../../../src/venue/recovery.js'
import { MarketPacer } from '../../../../src/venue/serve/market-pacer.js'
import { ReplayJumps } from '../../../../src/venue/serve/replay-jumps.js'
import { VenueClock } from '../../../../src/venue/venue-clock.js'
import { journaled, Venue } from '../../../../src/venue/venue.js'

export interface ReplayedVenueOptions {
  readonly tapes: readonly string[]
  readonly speed: Speed
  /** Where the journal is to lie. */
  readonly journal: string
  readonly trades?: (time: Nanos) => boolean
  readonly latency?: LatencySettings
}

/**
 * A venue that replays tapes with controls, journal and phases, as `serve` puts it together, without sockets. The timers
 * are faked by who uses it; wall time passes in {@link pass}.
 */
export class ReplayedVenue {
  readonly venue: Venue
  readonly pacer: MarketPacer
  readonly jumps: MarketJump[] = []
  readonly told: string[] = []
  readonly wall = new ManualClock(nanos(1000 * SECOND))
  readonly clock: VenueClock
  readonly #options: ReplayedVenueOptions
  readonly #facts: SessionFacts
  readonly #writer: Journal
  #open = true

  constructor(options: ReplayedVenueOptions) {
    this.#options = options
    const { tapes, speed, journal, trades = () => true, latency = DEFAULT_CONFIG.models.latency } = options
    const market = openTapes(tapes)
    const { epoch, start } = market
    const instruments = market.instruments.map((terms, no) => instrument(instrumentNo(no), terms))
    const models = { ...DEFAULT_CONFIG.models, latency }
    const files = tapes.map((path) => ({ path, sha256: '' }))
    this.#facts = { epoch, wallEpoch: epoch, instruments, models, market: { kind: 'tape', files } }
    this.#writer = openJournal(journal, this.#facts)
    this.#writer.beginRun({ startedAt: this.wall.now(), venueTime: start, marketShift: 0, version: 'test' })
    this.venue = new Venue({ instruments, models, market })
    this.venue.listener = journaled(this.#writer, (event) => this.told.push(inWords(event)))
    const record = {
      command: (command: Command) => this.#writer.command(command),
      jump: (jump: MarketJump) => {
        this.jumps.push(jump)
        this.#writer.jump(jump)
      }
    }
    followPhases(this.venue, {
      ...{ trading: DEFAULT_TRADING, instruments, epoch, seed: 1, start, continued: false },
      record: record.command
    })
    this.venue.advance(start)
    this.clock = new VenueClock(start, typeof speed === 'number' ? speed : 1)
    const jumps = new ReplayJumps({ venue: this.venue, marketShift: 0, trades, record })
    this.pacer = new MarketPacer(this.venue, this.clock, this.wall, speed, jumps)
  }

  get instruments(): readonly Instrument[] {
    return this.#facts.instruments
  }

  /** A limit of 1 to buy, at the present venue time. */
  order(clOrdId: string, timeInForce: 'day' | 'gtc', limit = 10_000): void {
    const command: Command = {
      ...{ kind: 'new', time: this.venue.time, session: sessionNo(0), clOrdId, instrument: instrumentNo(0), side: BUY },
      ...{ timeInForce, ordType: 'limit', orderQty: quantity(1), price: price(limit), tags: [] }
    }
    this.#writer.command(command)
    this.venue.submit(command)
  }

  /** Wall time passes, in steps of 100 ms. */
  pass(seconds: number): void {
    for (let i = 0; i < seconds * 10; i++) {
      this.wall.advance(SECOND / 10)
      vi.advanceTimersByTime(100)
    }
  }

  /** Quantity at the best bid. */
  get bid(): number {
    return this.venue.exchange.marketDepth(instrumentNo(0), BUY, 1)[0]?.qty ?? 0
  }

  /** The journal, run again from the beginning, stands where the venue does. */
  expectSameAgain(): void {
    this.close()
    const reader = openJournalReader(this.#options.journal)
    const { instruments, models } = this.#facts
    const again = new Venue({ instruments, models, market: openTapes(this.#options.tapes) })
    recover(again, reader)
    reader.close()
    expect(again.exchange.stateHash()).toBe(this.venue.exchange.stateHash())
    expect(again.market.nextTime()).toBe(this.venue.market.nextTime())
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.pacer.stop()
    this.#writer.close(this.wall.now(), this.venue.time)
  }
}

function inWords(event: ExchangeEvent): string {
  const name = event.kind === 'rejected' || event.kind === 'requestRejected' ? event.clOrdId : event.terms.clOrdId
  const ahead = event.kind === 'new' ? ` ahead ${event.queueAhead}` : ''
  return `${event.kind} ${name}${ahead}`
}
