import { type Clock, type EpochSeconds, type Nanos } from '../../base/time.js'
import { type Dictionary } from '../dictionary/dictionary.js'
import { type Validator } from '../dictionary/validator.js'
import { AdminMessages } from './admin-messages.js'
import { type FixApplication } from './application.js'
import { HeartbeatTimer } from './heartbeat-timer.js'
import { HeldBudget } from './held-budget.js'
import { HeldMessages } from './held-messages.js'
import { InboundGap } from './inbound-gap.js'
import { LogText, type ResetBy } from './log-text.js'
import { type SessionEvent, type SessionLog } from './log.js'
import { type MessageStore } from './message-store.js'
import { OutputHold } from './output-hold.js'
import { Outbox } from './outbox.js'
import { type Reading, Readings } from './reading.js'
import { ResendAnswer } from './resend-answer.js'
import { SequenceNumbers } from './sequence-numbers.js'
import { SessionHours } from './session-hours.js'
import { sessionName, type SessionSettings } from './session-settings.js'

/** What the sessions of an engine share. */
export interface SessionContext {
  /** Wall time: stamps and checks SendingTime (52), runs the timers. */
  readonly clock: Clock
  /** What `clock` counts from. */
  readonly epoch: EpochSeconds
  /** What the application's times (60, 432 …) count from. */
  readonly venueEpoch: EpochSeconds
  readonly store: MessageStore
  readonly application: FixApplication
  readonly log: SessionLog
  /** Called when something waits for the end of the turn: a commit of the store, then a flush. */
  readonly requestTurn: () => void
  readonly readings: Readings
  readonly heldBudget: HeldBudget
}

/** The shared part of a context, from what its owner has. */
export function sessionContext(
  owner: Omit<SessionContext, 'readings' | 'heldBudget'>,
  dictionary: Dictionary
): SessionContext {
  return { ...owner, readings: new Readings(dictionary, owner.epoch), heldBudget: new HeldBudget() }
}

/** The state of one session, by concern. */
export class SessionParts {
  readonly name: string
  readonly numbers: SequenceNumbers
  readonly timer = new HeartbeatTimer()
  readonly outbox: Outbox
  readonly admin: AdminMessages
  readonly resends: ResendAnswer
  readonly gap = new InboundGap()
  readonly held: HeldMessages
  readonly hold = new OutputHold()
  /** undefined for a session that may be logged on at any time. */
  readonly hours: SessionHours | undefined
  readonly reading: Reading
  readonly validator: Validator
  readonly context: SessionContext
  readonly settings: SessionSettings

  constructor(context: SessionContext, settings: SessionSettings) {
    this.context = context
    this.settings = settings
    this.name = sessionName(settings.id)
    this.numbers = new SequenceNumbers(context.store, settings.id)
    this.outbox = new Outbox(context, settings, this.numbers, this.timer)
    this.admin = new AdminMessages(this.outbox)
    this.resends = new ResendAnswer(this.outbox, this.numbers, settings.maxOutboundBytes)
    this.held = new HeldMessages(context.heldBudget)
    this.hours = settings.schedule && new SessionHours(settings.schedule, context.epoch)
    this.reading = context.readings.of(settings.dictionary)
    this.validator = this.reading.validators[settings.validation]
  }

  log(event: SessionEvent, text: string): void {
    this.context.log.event(this.name, event, text)
  }

  /** Both numbers back to 1: nothing that was sent before is resent. */
  reset(by: ResetBy, now: Nanos): void {
    this.forgetGap()
    this.resends.abort()
    this.numbers.reset(now)
    this.log('numbersReset', LogText.numbersReset(by))
  }

  /** Forgets what belongs to one connection. */
  forgetGap(): void {
    this.gap.clear()
    this.held.clear()
  }
}
