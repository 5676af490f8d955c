import assert from 'node:assert/strict'
import { join } from 'node:path'
import { field, InteropDesk, now } from './interop-desk.js'
import { type PeerDictionary, type PeerProgram } from './quickfix-peer.js'

/**
 * What a QuickFIX initiator goes through with the venue. Each step acts and then demands what must have happened; the
 * first that does not ends the run with an error that names it and shows the line.
 */
export class Scenario {
  readonly #desk: InteropDesk

  private constructor(desk: InteropDesk) {
    this.#desk = desk
  }

  /** @param passed is told the name of each step that is done */
  static async run(program: PeerProgram, dictionary: PeerDictionary, passed: (step: string) => void): Promise<void> {
    const desk = await InteropDesk.open(program, dictionary)
    try {
      for (const [name, step] of new Scenario(desk).#steps()) {
        try {
          await step()
        } catch (error) {
          const tail = desk.line.crossed
            .slice(-20)
            .map(({ direction, text, lost }) => `${direction}${lost ? ' (lost)' : ''} ${text}`)
          throw new Error(`${name}: ${(error as Error).message}\nlast on the line:\n${tail.join('\n')}`, {
            cause: error
          })
        }
        passed(name)
      }
    } finally {
      await desk.close()
    }
  }

  #steps(): readonly (readonly [name: string, step: () => Promise<void>])[] {
    return [
      ['logon', () => this.#logon()],
      ['orders: new, replace, status, cancel', () => this.#restingOrder()],
      ['orders: fill', () => this.#fill()],
      ['orders: rejects', () => this.#rejects()],
      ['gap at the venue: the lost order is resent and executed once, in order', () => this.#gapAtVenue()],
      ['gap at the venue: numbers that were never used are filled', () => this.#skippedNumbers()],
      ['gap at QuickFIX: the lost report is resent', () => this.#gapAtPeer()],
      ['gaps on both sides at once', () => this.#gapsOnBothSides()],
      ['kill -9 of the venue: numbers go on, lost reports come again', () => this.#kill()],
      ['a second resend of everything: same bodies, same OrigSendingTime', () => this.#secondResend()],
      ['SequenceReset-Reset', () => this.#sequenceReset()],
      ['logout, and logon with the next numbers', () => this.#logout()],
      ['a client that lost its numbers is told what is expected', () => this.#lostStore()],
      ['logon with ResetSeqNumFlag', () => this.#resetByLogon()],
      ['QuickFIX had nothing to reject', () => this.#nothingRejected()]
    ]
  }

  async #logon(): Promise<void> {
    await this.#desk.loggedOn({ 34: '1', 108: '30', 98: '0' })
  }

  async #restingOrder(): Promise<void> {
    const id = this.#desk.order()
    const report = await this.#desk.report(id, { 150: '0', 39: '0', 151: '100', 14: '0' })
    const orderId = report.get('37') ?? ''
    this.#desk.peer.tell(`send 35=G|11=${id}R|41=${id}|38=150|40=2|44=1.50|54=1|55=AAPL|60=${now()}`)
    await this.#desk.report(`${id}R`, { 150: '5', 39: '0', 41: id, 151: '150', 44: '1.50', 37: orderId })
    this.#desk.peer.tell(`send 35=H|11=${id}R|54=1|55=AAPL`)
    await this.#desk.report(`${id}R`, { 150: 'I', 39: '0', 37: orderId })
    this.#desk.peer.tell(`send 35=F|11=${id}C|41=${id}R|38=150|54=1|55=AAPL|60=${now()}`)
    await this.#desk.report(`${id}C`, { 150: '4', 39: '4', 41: `${id}R`, 151: '0', 37: orderId })
  }

  async #fill(): Promise<void> {
    const id = this.#desk.order('38=300|40=1')
    await this.#desk.report(id, { 150: '0', 39: '0' })
    const done = await this.#desk.report(id, { 150: 'F', 39: '2', 14: '300', 151: '0' })
    assert.match(done.get('31') ?? '', /^\d+\.\d\d$/, "LastPx has the tick's digits")
    const lots = this.#desk.reports(id, 'F').map((fields) => Number(fields.get('32')))
    assert.equal(sum(lots), 300)
  }

  async #rejects(): Promise<void> {
    const unknown = this.#desk.order('38=100|40=2|44=1.00', 'NOSUCH')
    await this.#desk.report(unknown, { 150: '8', 39: '8', 103: '1' })
    this.#desk.peer.tell(`send 35=F|11=X1|41=NEVER|38=100|54=1|55=AAPL|60=${now()}`)
    await this.#desk.in('the OrderCancelReject', { 35: '9', 11: 'X1', 41: 'NEVER', 37: 'NONE', 102: '1', 434: '1' })
    this.#desk.peer.tell('send 35=B|148=Headline|33=1|58=A line')
    await this.#desk.in('the BusinessMessageReject', { 35: 'j', 372: 'B', 380: '3' })
  }

  async #gapAtVenue(): Promise<void> {
    this.#desk.line.loseNext('toVenue', 'D')
    const from = this.#desk.line.crossed.length
    const lost = this.#desk.order()
    const behind = this.#desk.order()
    await this.#desk.report(behind, { 150: '0' })
    this.#desk.line.mend()
    assert.deepEqual(this.#desk.acknowledged([lost, behind]), [lost, behind], 'each once, and in order')
    const resent = this.#desk
      .crossed('toVenue', from)
      .filter((text) => text.includes('|43=Y|') && text.includes(`|11=${lost}|`))
    assert.equal(resent.length, 1)
    assert.equal(
      this.#desk.crossed('toClient', from).filter((text) => text.includes('|35=2|')).length,
      1,
      'one ResendRequest'
    )
  }

  async #skippedNumbers(): Promise<void> {
    const [sender] = await this.#desk.peer.numbers()
    const from = this.#desk.line.crossed.length
    this.#desk.peer.tell(`sender ${sender + 5}`)
    await this.#desk.report(this.#desk.order(), { 150: '0' })
    const fills = this.#desk.crossed('toVenue', from).filter((text) => text.includes('|35=4|'))
    assert.equal(fills.length, 1)
    assert.deepEqual(
      ['34', '36', '123'].map((tag) => field(fills[0], tag)),
      [`${sender}`, `${sender + 5}`, 'Y']
    )
  }

  async #gapAtPeer(): Promise<void> {
    this.#desk.line.loseNext('toClient', '8')
    const from = this.#desk.line.crossed.length
    const lost = this.#desk.order()
    const behind = this.#desk.order()
    await this.#desk.report(behind, { 150: '0' })
    this.#desk.line.mend()
    await this.#desk.report(lost, { 150: '0' })
    assert.deepEqual(this.#desk.acknowledged([lost, behind]), [lost, behind], 'each once, and in order')
    this.#desk.repeated(from)
  }

  async #gapsOnBothSides(): Promise<void> {
    const from = this.#desk.line.crossed.length
    const [a, b, c] = ['a', 'b', 'c'].map((x) => `BOTH-${x}`)
    this.#desk.line.losing(
      (direction, text) =>
        !text.includes('|43=Y|') &&
        ((direction === 'toClient' && text.includes(`|11=${a}|`)) ||
          (direction === 'toVenue' && text.includes(`|11=${b}|`)))
    )
    for (const id of [a, b, c]) this.#desk.order(undefined, undefined, id)
    for (const id of [a, b, c]) await this.#desk.report(id, { 150: '0' })
    this.#desk.line.mend()
    assert.deepEqual(this.#desk.acknowledged([a, b, c]), [a, b, c], 'each once, and in order')
    this.#desk.repeated(from)
  }

  async #kill(): Promise<void> {
    const from = this.#desk.line.crossed.length
    const [sender] = await this.#desk.peer.numbers()
    const target = this.#desk.venueNext()
    this.#desk.line.loseNext('toClient', '8', Number.POSITIVE_INFINITY)
    const ids = [this.#desk.order(), this.#desk.order(), this.#desk.order()]
    await this.#desk.crossing(
      `the report of ${ids[2]}`,
      (text) => text.includes(`|11=${ids[2]}|`) && text.includes('|35=8|'),
      from
    )
    const lines = this.#desk.peer.lines.length
    this.#desk.line.leadTo(0)
    await this.#desk.venue.kill()
    await this.#desk.peer.until('onLogout', ({ kind }) => kind === 'logout', lines)
    this.#desk.line.mend()
    await this.#desk.startVenue()
    await this.#desk.loggedOn({ 34: `${target + 3}` }, lines)
    for (const id of ids) await this.#desk.report(id, { 150: '0', 43: 'Y' })
    assert.deepEqual(this.#desk.acknowledged(ids), ids, 'each once, and in order')
    assert.equal(
      this.#desk.crossed('toVenue', from).some((text) => text.includes('|141=Y|')),
      false
    )
    this.#desk.repeated(from)
    for (const id of ids) {
      const asked = this.#desk.peer.lines.length
      this.#desk.peer.tell(`send 35=H|11=${id}|54=1|55=AAPL`)
      await this.#desk.report(id, { 150: 'I', 39: '0' }, asked)
    }
    // A Logon that finds no venue takes a number as well, so QuickFIX's own go on from the Logon that found one.
    const [one, two, three, logon, ...more] = this.#desk.newNumbers('toVenue', from)
    assert.deepEqual([one, two, three], consecutive(sender, 3))
    assert.ok(logon >= sender + 3)
    assert.deepEqual([logon, ...more], consecutive(logon, more.length + 1))
    assert.equal((await this.#desk.peer.numbers())[0], logon + more.length + 1)
    const venue = this.#desk.newNumbers('toClient', from)
    assert.deepEqual(venue, consecutive(target, venue.length), 'no number twice, none left out')
  }

  async #secondResend(): Promise<void> {
    const target = this.#desk.venueNext()
    const from = this.#desk.line.crossed.length
    for (const _ of [1, 2]) this.#desk.peer.tell('send 35=2|7=1|16=0')
    const all = (text: string): boolean => text.includes('|43=Y|') && text.includes(`|34=${target - 1}|`)
    await this.#desk.crossing('the first resend', all, from)
    await this.#desk.crossing(
      'the second resend',
      all,
      this.#desk.line.crossed.findIndex(({ text }, at) => at >= from && all(text)) + 1
    )
    this.#desk.repeated(from)
  }

  async #sequenceReset(): Promise<void> {
    const [sender] = await this.#desk.peer.numbers()
    const from = this.#desk.line.crossed.length
    this.#desk.peer.tell(`send 35=4|36=${sender + 100}|123=N`)
    this.#desk.peer.tell(`sender ${sender + 100}`)
    await this.#desk.report(this.#desk.order(), { 150: '0' })
    assert.equal(
      this.#desk.crossed('toClient', from).some((text) => /\|35=[23]\|/.test(text)),
      false,
      'no gap, no Reject'
    )
  }

  async #logout(): Promise<void> {
    const [sender] = await this.#desk.peer.numbers()
    const target = this.#desk.venueNext()
    const from = this.#desk.peer.lines.length
    this.#desk.peer.tell('logout')
    await this.#desk.in('the Logout', { 35: '5', 34: `${target}` }, from)
    await this.#desk.peer.until('onLogout', ({ kind }) => kind === 'logout', from)
    const again = this.#desk.peer.lines.length
    this.#desk.peer.tell('logon')
    await this.#desk.loggedOn({ 34: `${target + 1}` }, again)
    assert.equal((await this.#desk.peer.numbers())[0], sender + 2)
    await this.#desk.report(this.#desk.order(), { 150: '0' })
  }

  async #lostStore(): Promise<void> {
    const [sender] = await this.#desk.peer.numbers()
    assert.equal(await this.#desk.peer.stop(), '0')
    this.#desk.startPeer({ directory: join(this.#desk.directory, 'lost') })
    // The process that stopped logged out with the number `sender`.
    await this.#desk.in('the Logout', { 35: '5', 58: `MsgSeqNum too low, expecting ${sender + 1} but received 1` })
    assert.equal(
      this.#desk.peer.lines.some(({ kind }) => kind === 'logon'),
      false
    )
    this.#desk.peer.kill()
  }

  async #resetByLogon(): Promise<void> {
    this.#desk.startPeer({ directory: join(this.#desk.directory, 'reset'), resetOnLogon: true })
    await this.#desk.loggedOn({ 34: '1', 141: 'Y' })
    await this.#desk.report(this.#desk.order(), { 34: '2', 150: '0' })
    const from = this.#desk.line.crossed.length
    assert.equal(await this.#desk.peer.stop(), '0')
    const ends = this.#desk.line.crossed.slice(from).map(({ direction, text }) => `${direction} ${field(text, '35')}`)
    assert.deepEqual(ends, ['toVenue 5', 'toClient 5'])
    assert.equal(await this.#desk.venue.stop(), 0)
  }

  #nothingRejected(): Promise<void> {
    const rejects = this.#desk.crossed('toVenue', 0).filter((text) => /\|35=[3j]\|/.test(text))
    assert.deepEqual(rejects, [])
    const rejected = this.#desk.crossed('toClient', 0).filter((text) => text.includes('|35=3|'))
    assert.deepEqual(rejected, [])
    return Promise.resolve()
  }
}

function consecutive(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
