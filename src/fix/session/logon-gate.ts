import { type Nanos } from '../../base/time.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { isTimely } from './inbound-identity.js'
import { LogText } from './log-text.js'
import { type SessionLog } from './log.js'
import { MsgType } from './msg-type.js'
import { type Session } from './session.js'
import {
  peerName,
  sessionName,
  type Peer,
  type SessionDirectory,
  type SessionId,
  type SessionSettings
} from './session-settings.js'

/** What the gate asks: who may come, and which sessions there are. */
export interface LogonGateHost {
  readonly directory: SessionDirectory
  readonly log: SessionLog
  /** The session of these settings, opened where it is not yet. */
  session(settings: SessionSettings): Session
  /** Why no session may be opened for these settings, for the log; undefined where it may, or is open. */
  sessionLimit(settings: SessionSettings): string | undefined
  /** Why a Logon from this address is not looked at, for the log; undefined where it is. */
  logonLimit(peer: Peer, now: Nanos): string | undefined
}

const BEGIN_STRING = 'FIX.4.4'

/**
 * Finds the session that the first message of a connection logs on to. Undefined where there is none to take it: the
 * connection is then closed without a message, so that a stranger learns nothing; the log says why.
 */
export function findSession(host: LogonGateHost, message: ParsedMessage, peer: Peer, now: Nanos): Session | undefined {
  const refuse = (text: string, session = peerName(peer)): undefined => {
    host.log.event(session, 'logonRefused', text)
  }
  if (message.msgType !== MsgType.Logon) return refuse(LogText.notALogon(message.msgType))
  const tooOften = host.logonLimit(peer, now)
  if (tooOften !== undefined) return refuse(tooOften)
  const beginString = message.string(Tag.BeginString) ?? ''
  if (beginString !== BEGIN_STRING) return refuse(LogText.wrongBeginString(beginString))
  const id: SessionId = {
    beginString: BEGIN_STRING,
    senderCompId: message.string(Tag.TargetCompID) ?? '',
    targetCompId: message.string(Tag.SenderCompID) ?? ''
  }
  const name = sessionName(id)
  const named = id.senderCompId !== '' && id.targetCompId !== ''
  const settings = named ? host.directory.find(id, peer) : undefined
  if (settings === undefined || settings.role !== 'acceptor') return refuse(LogText.unknownSession(name))
  const sendingTime = message.timestamp(Tag.SendingTime)
  if (sendingTime === undefined || !isTimely(sendingTime, now, settings.sendingTimeTolerance))
    return refuse(LogText.badLogonTime(message.string(Tag.SendingTime) ?? ''), name)
  const tooMany = host.sessionLimit(settings)
  if (tooMany !== undefined) return refuse(tooMany, name)
  const session = host.session(settings)
  if (session.connected) return refuse(LogText.alreadyConnected(peer.address), name)
  return session.withinHours(now) ? session : refuse(LogText.outsideHours, name)
}
