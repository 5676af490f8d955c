import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LossyLine, type Crossing } from '../../test/support/lossy-line.js'
import { VenueProcess } from '../../test/support/venue-process.js'
import {
  QuickfixPeer,
  type PeerDictionary,
  type PeerLine,
  type PeerProgram,
  type PeerSettings
} from './quickfix-peer.js'

const PATIENCE = 20_000
/** Fields that a resend may change; all others must come again to the byte. */
const RESEND_MAY_CHANGE = /^(8|9|10|43|52|122)=/

export type Fields = Readonly<Record<string, string>>

/** A QuickFIX initiator, the venue as a process, and between them a line that loses messages: what steps are made of. */
export class InteropDesk {
  readonly directory = mkdtempSync(join(tmpdir(), 'paperpit-quickfix-'))
  readonly line: LossyLine
  venue!: VenueProcess
  peer!: QuickfixPeer
  readonly #program: PeerProgram
  readonly #dictionary: PeerDictionary
  #orders = 0

  private constructor(program: PeerProgram, dictionary: PeerDictionary, line: LossyLine) {
    this.#program = program
    this.#dictionary = dictionary
    this.line = line
  }

  static async open(program: PeerProgram, dictionary: PeerDictionary): Promise<InteropDesk> {
    const desk = new InteropDesk(program, dictionary, await LossyLine.open())
    await desk.startVenue()
    desk.startPeer({})
    return desk
  }

  async close(): Promise<void> {
    this.peer.kill()
    this.line.close()
    await this.venue.kill()
    rmSync(this.directory, { recursive: true, force: true })
  }

  async startVenue(): Promise<void> {
    this.venue = await VenueProcess.start('--journal', join(this.directory, 'venue.db'))
    this.line.leadTo(this.venue.port)
  }

  startPeer(settings: Partial<PeerSettings>): void {
    this.peer = new QuickfixPeer(this.#program, {
      port: this.line.port,
      dictionary: this.#dictionary,
      directory: join(this.directory, 'peer'),
      ...settings
    })
  }

  /** Sends a NewOrderSingle, one that rests unless `terms` say otherwise. Returns its ClOrdID. */
  order(terms = '38=100|40=2|44=1.00|59=1', symbol = 'AAPL', clOrdId = `Q${++this.#orders}`): string {
    this.peer.tell(`send 35=D|11=${clOrdId}|54=1|55=${symbol}|60=${now()}|${terms}`)
    return clOrdId
  }

  /** The Logon is answered, and QuickFIX takes the session as logged on: what it was told to send before would wait. */
  async loggedOn(wanted: Fields, from = 0): Promise<void> {
    await this.in('the Logon', { 35: 'A', ...wanted }, from)
    await this.peer.until('onLogon', ({ kind }) => kind === 'logon', from)
  }

  /** The number that the venue's next new message has. QuickFIX counts a message only when its application is done with it. */
  venueNext(): number {
    const sent = this.crossed('toClient', 0).filter((text) => !text.includes('|43=Y|'))
    return Number(field(sent.at(-1) ?? '', '34')) + 1
  }

  /** The numbers of messages that are no repetitions, lost ones included, in the order in which they crossed the line. */
  newNumbers(direction: Crossing['direction'], from: number): number[] {
    const fresh = this.crossed(direction, from).filter((text) => !text.includes('|43=Y|'))
    return fresh.map((text) => Number(field(text, '34')))
  }

  async in(what: string, wanted: Fields, from = 0): Promise<ReadonlyMap<string, string>> {
    const { fields } = await this.peer.until(`${what} ${JSON.stringify(wanted)}`, (line) => matches(line, wanted), from)
    return fields
  }

  report(clOrdId: string, wanted: Fields, from = 0): Promise<ReadonlyMap<string, string>> {
    return this.in(`the report of ${clOrdId}`, { 35: '8', 11: clOrdId, ...wanted }, from)
  }

  reports(clOrdId: string, execType: string): ReadonlyMap<string, string>[] {
    const wanted = { 35: '8', 11: clOrdId, 150: execType }
    return this.peer.lines.filter((line) => matches(line, wanted)).map(({ fields }) => fields)
  }

  /** ClOrdIDs of these whose acknowledgement the peer's application got, in its order, as often as it got them. */
  acknowledged(ids: readonly string[]): string[] {
    const told = this.peer.lines.filter((line) => matches(line, { 35: '8', 150: '0' }))
    return told.map(({ fields }) => fields.get('11') ?? '').filter((id) => ids.includes(id))
  }

  crossed(direction: Crossing['direction'], from: number): string[] {
    return this.line.crossed
      .slice(from)
      .flatMap((crossing) => (crossing.direction === direction ? [crossing.text] : []))
  }

  /** Waits for a message on its way to the client, lost or not. */
  async crossing(what: string, wanted: (text: string) => boolean, from: number): Promise<void> {
    const deadline = Date.now() + PATIENCE
    while (!this.crossed('toClient', from).some(wanted)) {
      if (Date.now() > deadline) throw new Error(`not within ${PATIENCE / 1000} s: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  /**
   * Everything that the venue sent again from position `from` on is what it sent first, to the byte, and 122 is the time
   * at which it was sent first.
   */
  repeated(from: number): void {
    const original = new Map<string, string>()
    for (const text of this.crossed('toClient', 0)) if (!text.includes('|43=Y|')) original.set(field(text, '34'), text)
    const again = this.crossed('toClient', from).filter((text) => text.includes('|43=Y|') && !text.includes('|35=4|'))
    assert.notEqual(again.length, 0, 'something was resent')
    for (const text of again) {
      const first = original.get(field(text, '34')) ?? ''
      assert.equal(body(text), body(first))
      assert.equal(field(text, '122'), field(first, '52'))
    }
  }
}

function matches({ kind, fields }: PeerLine, wanted: Fields): boolean {
  return kind === 'in' && Object.entries(wanted).every(([tag, value]) => fields.get(tag) === value)
}

export function field(text: string, tag: string): string {
  return new RegExp(`\\|${tag}=([^|]*)\\|`).exec(text)?.[1] ?? ''
}

function body(text: string): string {
  return text
    .split('|')
    .filter((part) => !RESEND_MAY_CHANGE.test(part))
    .join('|')
}

export function now(): string {
  return new Date().toISOString().replaceAll('-', '').replace('T', '-').slice(0, 21)
}
