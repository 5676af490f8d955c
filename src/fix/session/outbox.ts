import { type Clock, type EpochSeconds } from '../../base/time.js'
import { HeaderTemplate, type Routing } from '../wire/header-template.js'
import { MessageEncoder } from '../wire/message-encoder.js'
import { type MessageWriter } from '../wire/message-writer.js'
import { MsgType } from './msg-type.js'
import { Tag } from '../wire/tag.js'
import { type HeartbeatTimer } from './heartbeat-timer.js'
import { type Link } from './link.js'
import { type SequenceNumbers } from './sequence-numbers.js'
import { type SessionSettings } from './session-settings.js'

/** What the engine's processes share that an outbox needs. */
export interface OutboxContext {
  /** Wall time: stamps SendingTime (52). */
  readonly clock: Clock
  /** What `clock` counts from. */
  readonly epoch: EpochSeconds
  /** What the application's times count from. */
  readonly venueEpoch: EpochSeconds
  /** Called when something waits for the end of the turn. */
  readonly requestTurn: () => void
}

/**
 * What a session sends: every new message gets its number and goes to the message store; with a connection it also waits
 * in the connection's buffer for the end of the turn. Without one, when the turn holds more than the peer may leave
 * unread, and while an earlier resend is still under way, the store alone keeps it, and a resend brings it.
 */
export class Outbox {
  /** New messages wait in the store for the resend under way to reach them. */
  deferring = false

  readonly #context: OutboxContext
  readonly #numbers: SequenceNumbers
  readonly #timer: HeartbeatTimer
  readonly #header: HeaderTemplate
  readonly #live: MessageEncoder
  readonly #settings: SessionSettings
  #aside: MessageEncoder | undefined
  #open: MessageEncoder | undefined
  #openedAt = 0
  #link: Link | undefined

  constructor(context: OutboxContext, settings: SessionSettings, numbers: SequenceNumbers, timer: HeartbeatTimer) {
    this.#context = context
    this.#numbers = numbers
    this.#timer = timer
    this.#settings = settings
    this.#header = new HeaderTemplate(settings.id)
    this.#live = this.#encoder(16_384)
  }

  get link(): Link | undefined {
    return this.#link
  }

  /** Bytes that wait for the end of the turn. */
  get length(): number {
    return this.#live.end
  }

  attach(link: Link): void {
    this.#link = link
    this.deferring = false
  }

  detach(): void {
    this.#link = undefined
    this.deferring = false
  }

  /** Takes what waits for the end of the turn; {@link recycle} it when it has left. Undefined where nothing waits. */
  take(): Buffer | undefined {
    return this.#live.end === 0 ? undefined : this.#live.take()
  }

  recycle(taken: Buffer): void {
    this.#live.recycle(taken)
  }

  /** Opens a new message. @param transmit false to leave it to the store alone. */
  begin(msgType: string, transmit: boolean, routing?: Routing): MessageWriter {
    if (this.#open !== undefined) throw new Error(`a message is open already: MsgType ${msgType} was begun before send`)
    const now = this.#context.clock.now()
    const room = this.#live.end <= this.#settings.maxOutboundBytes
    const live = transmit && room && this.#link !== undefined && !this.deferring
    const encoder = live ? this.#live : (this.#aside ??= this.#encoder(1024))
    this.#open = encoder
    this.#openedAt = now
    const options = routing === undefined ? undefined : { routing }
    return encoder.begin(this.#header, msgType, this.#numbers.nextSender, now, options)
  }

  /** Closes the open message, numbers and records it. @param secret it may hold a password, which is not recorded */
  send(secret = false): void {
    const encoder = this.#open
    if (encoder === undefined) throw new Error('no message is open: call begin before send')
    this.#open = undefined
    encoder.finish()
    if (secret) this.#numbers.sentSecret(encoder.buffer, encoder.start, encoder.end)
    else this.#numbers.sent(encoder.buffer, encoder.start, encoder.end)
    if (encoder === this.#live) this.#written(this.#openedAt)
    else {
      encoder.recycle(encoder.take())
      this.#context.requestTurn()
    }
  }

  /** Sends a stored message of ours once more. */
  resend(stored: Buffer): void {
    const now = this.#context.clock.now()
    this.#live.resend(stored, now)
    this.#noted(now)
  }

  /** Says that the numbers from `first` up to `newSeqNo` hold nothing to resend (SequenceReset-GapFill). */
  gapFill(first: number, newSeqNo: number): void {
    const now = this.#context.clock.now()
    const options = { possDup: true, origSendingTime: now }
    const writer = this.#live.begin(this.#header, MsgType.SequenceReset, first, now, options)
    writer.int(Tag.NewSeqNo, newSeqNo).boolean(Tag.GapFillFlag, true)
    this.#live.finish()
    this.#noted(now)
  }

  #noted(now: number): void {
    const { buffer, start, end } = this.#live
    this.#numbers.notedOut(buffer, start, end)
    this.#written(now)
  }

  #written(now: number): void {
    this.#timer.sent(now)
    this.#link?.outputReady()
  }

  #encoder(capacity: number): MessageEncoder {
    const { epoch, venueEpoch } = this.#context
    return new MessageEncoder({
      timestampDigits: this.#settings.timestampDigits,
      wallEpoch: epoch,
      venueEpoch,
      capacity
    })
  }
}
