import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { MILLISECOND, MINUTE, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import type { Command } from '../../../src/exchange/command.js'
import type { ExchangeEvent } from '../../../src/exchange/event.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'
import { loadScenario, scenarioNames } from '../../../src/market/agents/scenario/load-scenario.js'
import { DEFAULT_TRADING } from '../../../src/venue/config/trading-config.js'
import { DEFAULT_CONFIG, type VenueConfig } from '../../../src/venue/config/venue-config.js'
import { followPhases } from '../../../src/venue/phases/follow-phases.js'
import { openSession, type OpenSession } from '../../../src/venue/serve/open-session.js'
import { journaled } from '../../../src/venue/venue.js'
import { RawFixClient } from '../../support/raw-fix-client.js'
import { VenueProcess } from '../../support/venue-process.js'
import { brokenRules } from './support/scenario-run.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-scenarios-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** A venue as `serve` opens it, moved by the test in place of wall time and sockets. */
class Served {
  readonly session: OpenSession
  readonly events: ExchangeEvent[] = []
  readonly commands: Command[] = []

  private constructor(session: OpenSession) {
    this.session = session
    const { venue, journal, start, recovered } = session
    venue.listener = journaled(journal, (event) => void this.events.push(event))
    const { instruments, epoch } = journal.facts
    followPhases(venue, {
      trading: DEFAULT_TRADING,
      instruments,
      epoch,
      seed: 1,
      start,
      continued: recovered !== undefined,
      record: (command) => this.#record(command)
    })
    venue.advance(start)
  }

  static async open(name: string, journal: string): Promise<Served> {
    const latency = { kind: 'constant', inbound: nanos(MILLISECOND), outbound: nanos(2 * MILLISECOND) } as const
    const config: VenueConfig = {
      ...DEFAULT_CONFIG,
      market: { kind: 'scenario', scenario: name },
      models: { ...DEFAULT_CONFIG.models, latency },
      journal: { path: join(directory, journal) }
    }
    return new Served(await openSession(config))
  }

  get start(): Nanos {
    return this.session.start
  }

  /** Runs to a moment in slices, with an order of some kind in each. */
  run(to: Nanos, seed: number): void {
    const { venue, journal } = this.session
    const random = seededRandom(seed, 'slices')
    const { instruments } = loadScenario(
      journal.facts.market.kind === 'scenario' ? journal.facts.market.name : ''
    ).scenario
    while (venue.time < to) {
      const time = nanos(Math.min(to, venue.time + Math.floor(random.uniform() * 2 * SECOND)))
      venue.advance(time)
      const no = random.below(instruments.length)
      const command: Command = {
        kind: 'new',
        time,
        session: sessionNo(0),
        clOrdId: `S${seed}-${this.commands.length}`,
        instrument: instrumentNo(no),
        side: random.below(2) === 0 ? BUY : SELL,
        ordType: random.below(3) === 0 ? 'market' : 'limit',
        timeInForce: 'day',
        orderQty: quantity(1 + random.below(300)),
        price: price(instruments[no].price + random.below(11) - 5),
        tags: []
      }
      this.#record(command)
      venue.submit(command)
      journal.commit(time, venue.time)
    }
    venue.advance(to)
    journal.commit(to, venue.time)
  }

  close(): void {
    const { journal, venue } = this.session
    journal.close(venue.time, venue.time)
  }

  #record(command: Command): void {
    this.commands.push(command)
    this.session.journal.command(command)
  }
}

describe('scenarios served', () => {
  it.each(scenarioNames())('%s: a journal that is continued goes on as if nothing had been', async (name) => {
    const first = await Served.open(name, `${name}.db`)
    // The market's day is ahead of the wall's from here on, so nothing of it is slept through.
    const cut = nanos(first.start + 4.2 * MINUTE)
    first.run(cut, 1)
    first.close()
    expect(first.events.some(({ kind }) => kind === 'trade')).toBe(true)

    const again = await Served.open(name, `${name}.db`)
    expect(again.session.recovered?.events).toBe(first.events.length)
    expect(again.start).toBe(cut)
    expect(again.session.venue.exchange.stateHash()).toBe(first.session.venue.exchange.stateHash())
    const end = nanos(cut + 3 * MINUTE)
    again.run(end, 2)
    again.close()

    const third = await Served.open(name, `${name}.db`)
    expect(third.session.venue.exchange.stateHash()).toBe(again.session.venue.exchange.stateHash())
    third.close()
    const phases = [...first.commands, ...again.commands].flatMap((command) =>
      command.kind === 'phase' ? [[command.time - first.start, command.phase]] : []
    )
    const { timeline, instruments, repeat = Infinity } = loadScenario(name).scenario
    expect(repeat).toBeGreaterThan(7.2 * MINUTE)
    expect(phases).toEqual(
      timeline.flatMap(({ at, happening, instruments: some }) =>
        happening.kind === 'phase' && at <= 7.2 * MINUTE ? (some ?? instruments).map(() => [at, happening.phase]) : []
      )
    )
    expect(brokenRules(undefined, [...first.events, ...again.events])).toEqual([])
  })

  it('a client meets agents over FIX; kill -9 and a restart lose nothing', { timeout: 60_000 }, async () => {
    const options = ['--scenario', 'volatile', '--journal', join(directory, 'killed.db')]
    const client = new RawFixClient('OMS', 'PAPERPIT')
    const venue = await VenueProcess.start(...options)
    await client.logon(venue.port)
    client.send('35=D|11=A1|38=100|40=1|54=1|55=AAPL|59=3|60=20261120-10:00:00')
    const filled = await client.until(({ body }) => body.includes('|11=A1|') && body.includes('|39=2|'))
    expect(filled.body).toContain('|14=100|')
    client.send('35=D|11=A2|38=100|40=2|44=100.00|54=1|55=AAPL|59=1|60=20261120-10:00:00')
    await client.until(({ body }) => body.includes('|11=A2|') && body.includes('|150=0|'))
    await venue.kill()
    await client.ended()
    const again = await VenueProcess.start(...options)
    await client.logon(again.port)
    client.send('35=F|11=A3|41=A2|54=1|55=AAPL|60=20261120-10:00:01')
    await client.until(({ body }) => body.includes('|11=A3|') && body.includes('|150=4|'))
    expect(await again.stop()).toBe(0)
  })
})
