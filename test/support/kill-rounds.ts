import { seededRandom, type Random } from '../../src/base/random.js'
import { RawFixClient, type RawMessage } from './raw-fix-client.js'
import { VenueProcess } from './venue-process.js'

export interface KillRoundsOptions {
  /** How often the venue is killed. */
  readonly rounds: number
  /** Orders that each client sends in one write, a round. */
  readonly burst: number
  readonly clients: number
  readonly journal: string
  readonly seed: number
  /** Called behind each round. */
  readonly progress?: (round: number) => void
}

/** What came of it. */
export interface KillRoundsResult {
  /** Orders whose acknowledgement a client has received before a kill or by a resend. */
  readonly acknowledged: number
  /** Numbers that the clients have seen. */
  readonly messages: number
  /** Messages that came again and were compared with the first. */
  readonly compared: number
  /** How often the venue died while it answered a ResendRequest. */
  readonly killedInResend: number
  /** What must not happen, and did. Empty where all is well. */
  readonly violations: readonly string[]
}

const order = (id: string): string => `35=D|11=${id}|38=100|40=2|44=10.00|54=1|55=AAPL|59=1|60=20261120-10:00:00`
/** Status requests on their way at once. */
const ASKED_AT_ONCE = 500
/** Longest wait behind a burst before the kill, in ms. */
const LONGEST_WAIT = 40

/**
 * Starts a venue, loads it with bursts of orders, kills it by SIGKILL at a random moment, and again on the same journal.
 * Behind the last kill everything is resent twice. At all times: a number that comes again is a resend with the body
 * that it had first and an OrigSendingTime (122) that is its first SendingTime (52); in the end every number is accounted
 * for and every order that was acknowledged is there.
 */
export async function runKillRounds(options: KillRoundsOptions): Promise<KillRoundsResult> {
  const random = seededRandom(options.seed, 'kill')
  const clients = Array.from({ length: options.clients }, (_, i) => new KilledClient(`OMS${i + 1}`))
  const violations: string[] = []
  let killedInResend = 0
  for (let round = 0; round < options.rounds; round++) {
    const venue = await VenueProcess.start('--journal', options.journal)
    await Promise.all(clients.map((client) => client.logon(venue.port)))
    const resending = random.below(5) === 0
    if (resending) killedInResend++
    for (const client of clients) client.load(round, options.burst, resending)
    await moment(random, clients[random.below(clients.length)], options.burst)
    await venue.kill()
    await Promise.all(clients.map((client) => client.ended()))
    options.progress?.(round)
  }
  const venue = await VenueProcess.start('--journal', options.journal)
  for (const client of clients) {
    await client.logon(venue.port)
    await client.resendAll()
    await client.resendAll()
    await client.askForAll()
    violations.push(...client.violations)
  }
  const code = await venue.stop()
  if (code !== 0) violations.push(`the venue ended with ${code}`)
  const sum = (of: (client: KilledClient) => number): number => clients.reduce((total, client) => total + of(client), 0)
  return {
    acknowledged: sum((client) => client.acknowledged.size),
    messages: sum((client) => client.messages),
    compared: sum((client) => client.compared),
    killedInResend,
    violations
  }
}

/** Waits until it is time to kill: behind some reports to a client, or some milliseconds. */
async function moment(random: Random, client: KilledClient, burst: number): Promise<void> {
  if (random.below(3) === 0) await new Promise((resolve) => setTimeout(resolve, random.below(LONGEST_WAIT)))
  else await client.reports(1 + random.below(burst - 1))
}

/** A client that outlives the venue and remembers all that it was told. */
class KilledClient {
  readonly violations: string[] = []
  readonly acknowledged = new Set<string>()
  compared = 0
  readonly #client: RawFixClient
  readonly #name: string
  /** Every message by its number, as it came first. */
  readonly #first = new Map<number, RawMessage>()
  /** SendingTime (52) of its first sending, by number. */
  readonly #sentAt = new Map<number, string>()
  #taken = 0
  #loaded = 0

  constructor(name: string) {
    this.#name = name
    this.#client = new RawFixClient(name, 'PAPERPIT')
  }

  get messages(): number {
    return this.#first.size
  }

  async logon(port: number): Promise<void> {
    await this.#client.logon(port)
  }

  /** Sends a burst of orders, in front of it a ResendRequest for everything where that is asked for. */
  load(round: number, burst: number, resend: boolean): void {
    this.#loaded = this.#client.received.length
    const orders = Array.from({ length: burst }, (_, i) => order(`${this.#name}-${round}-${i}`))
    this.#client.sendAll(resend ? ['35=2|7=1|16=0', ...orders] : orders)
  }

  /** Resolves when so many reports have come since the burst was sent. */
  async reports(count: number): Promise<void> {
    let seen = 0
    await this.#client.until(({ msgType }) => msgType === '8' && ++seen >= count, this.#loaded)
  }

  async ended(): Promise<void> {
    await this.#client.ended()
    this.#take()
  }

  /** Has everything resent; every number must be accounted for. */
  async resendAll(): Promise<void> {
    this.#take()
    const from = this.#client.received.length
    const highest = Math.max(...this.#first.keys())
    const covered = new Set<number>()
    this.#client.send('35=2|7=1|16=0')
    await this.#client.until((message) => {
      if (message.msgType === '4') for (let n = message.msgSeqNum; n < Number(field(message, '36')); n++) covered.add(n)
      else if (message.possDup) covered.add(message.msgSeqNum)
      return covered.has(highest)
    }, from)
    this.#take()
    for (let n = 1; n <= highest; n++) if (!covered.has(n)) this.#fault(`number ${n} is neither resent nor filled`)
    const again = this.#client.received.slice(from).filter(({ possDup, msgType }) => possDup && msgType === '8')
    const resent = new Set(again.map(({ msgSeqNum }) => msgSeqNum))
    for (const [n, { msgType }] of this.#first)
      if (n <= highest && msgType === '8' && !resent.has(n)) this.#fault(`the report ${n} is not resent`)
  }

  /** Asks for every order that was acknowledged. */
  async askForAll(): Promise<void> {
    const ids = [...this.acknowledged]
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
      const asked = new Set(ids.slice(at, at + ASKED_AT_ONCE))
      const from = this.#client.received.length
      this.#client.sendAll([...asked].map((id) => `35=H|11=${id}|54=1|55=AAPL`))
      await this.#client.until((message) => {
        if (!message.body.includes('|150=I|')) return false
        const id = field(message, '11')
        if (field(message, '39') !== '0') this.#fault(`order ${id} was acknowledged and is gone: ${message.text}`)
        asked.delete(id)
        return asked.size === 0
      }, from)
    }
  }

  /** Looks at what came since it was last asked. */
  #take(): void {
    const { received } = this.#client
    for (; this.#taken < received.length; this.#taken++) {
      const message = received[this.#taken]
      const { msgSeqNum, msgType, possDup, body } = message
      // A GapFill stands for session messages, whose numbers it has.
      if (msgType === '4') continue
      const first = this.#first.get(msgSeqNum)
      const sentAt = field(message, possDup ? '122' : '52')
      if (first === undefined) {
        this.#first.set(msgSeqNum, message)
        this.#sentAt.set(msgSeqNum, sentAt)
        if (msgType === '8' && body.includes('|150=0|')) this.#acknowledge(field(message, '11'))
        continue
      }
      this.compared++
      if (!possDup) this.#fault(`number ${msgSeqNum} was used twice: ${first.text} and ${message.text}`)
      if (body !== first.body) this.#fault(`number ${msgSeqNum} came again changed: ${first.body} and ${body}`)
      if (sentAt !== this.#sentAt.get(msgSeqNum))
        this.#fault(`122 of ${msgSeqNum} is ${sentAt}, it was first sent at ${this.#sentAt.get(msgSeqNum)}`)
    }
  }

  #acknowledge(clOrdId: string): void {
    if (this.acknowledged.has(clOrdId)) this.#fault(`order ${clOrdId} was acknowledged twice`)
    this.acknowledged.add(clOrdId)
  }

  #fault(text: string): void {
    this.violations.push(`${this.#name}: ${text}`)
  }
}

function field({ text }: RawMessage, tag: string): string {
  return new RegExp(`\\|${tag}=([^|]*)`).exec(text)?.[1] ?? ''
}
