import { REFUSALS, type RefusalCode } from '../exchange/refusal.js'
import type { DictionarySource, FieldSource, MemberList, MessageSource } from '../fix/dictionary/dictionary-source.js'
import { FIX44_CONDITIONAL_RULES, type ConditionalRule } from '../fix/dictionary/conditional-rules.js'
import { REJECT_TEXT } from '../fix/dictionary/session-reject.js'
import { LogoutText } from '../fix/session/logout-text.js'
import { Tag } from '../fix/wire/tag.js'
import { BusinessReject } from './business-reject.js'
import { MsgType } from './codes.js'
import { REJECT_REASONS } from './reject-reasons.js'

/** What the gateway reads and writes, by MsgType. */
const IN: readonly string[] = [
  MsgType.NewOrderSingle,
  MsgType.OrderCancelRequest,
  MsgType.OrderCancelReplaceRequest,
  MsgType.OrderStatusRequest
]
const OUT: readonly string[] = [MsgType.ExecutionReport, MsgType.OrderCancelReject, MsgType.BusinessMessageReject]

/** Values of a field that are listed; more are the dictionary's to say. */
const LISTED_VALUES = 24

/**
 * The rules of engagement as Markdown, to be sent to a counterparty: messages and fields from the dictionary, every text of
 * a Logout, Reject and refusal from its catalogue.
 */
export function rulesOfEngagement(dictionary: DictionarySource): string {
  const messages = [...dictionary.messages.values()]
  const known = (types: readonly string[]): MessageSource[] =>
    types.flatMap((type) => messages.filter(({ msgType }) => msgType === type))
  const session = messages.filter(({ category }) => category === 'admin')
  const others = messages.filter(
    ({ msgType, category }) => category === 'app' && !IN.includes(msgType) && !OUT.includes(msgType)
  )
  return [
    '# Rules of engagement',
    `${dictionary.beginString}, as this venue speaks it. Generated from the dictionary and the catalogues of texts by \`paperpit rules\`.`,
    '## Session',
    paragraph(
      'Messages are framed by BodyLength (9). Garbled input is ignored; before the Logon it closes the connection.',
      'A Logon is answered with the same HeartBtInt (108). A number too high is answered by a ResendRequest; what is resent carries PossDupFlag (43) and OrigSendingTime (122).',
      'SendingTime (52) is wall time, TransactTime (60) venue time.'
    ),
    '### Texts of a Logout',
    table(['Text (58)', 'when'], logoutTexts()),
    'Any other Logout carries no text.',
    '### Reject (35=3)',
    table(
      ['SessionRejectReason (373)', 'Text (58)'],
      Object.entries(REJECT_TEXT).map(([reason, text]) => [reason, text])
    ),
    paragraph(
      'One Reject for the first fault found; RefSeqNum (45) and RefMsgType (372) name the message, RefTagID (371) the field. 371 is left out for 9, 10 and 11, and where a SequenceReset goes back.',
      'Nothing leads to the reasons 3, 7, 8, 12 and 17 of FIX 4.4 here.'
    ),
    '### BusinessMessageReject (35=j)',
    table(['BusinessRejectReason (380)', 'Text (58)', 'when'], businessRejects()),
    'Conditionally required, besides what the tables of the messages require:',
    table(['message', 'where', 'one of'], conditionallyRequired(messages)),
    '## Refusals',
    paragraph(
      'Text (58) of a refusal starts with a code that never changes. `{}` stands for what was sent, in quotes.'
    ),
    table(
      ['code', 'Text (58)', 'OrdRejReason (103)', 'CxlRejReason (102)'],
      (Object.keys(REFUSALS) as RefusalCode[]).map((code) => {
        const { ordRejReason, cxlRejReason } = REJECT_REASONS[code]
        return [code, REFUSALS[code], String(ordRejReason), String(cxlRejReason)]
      })
    ),
    '## Messages that the venue takes',
    ...known(IN).map((message) => messageSection(dictionary, message)),
    '## Messages that the venue sends',
    ...known(OUT).map((message) => messageSection(dictionary, message)),
    '## Session messages',
    ...session.map((message) => messageSection(dictionary, message)),
    '## Header and trailer',
    fieldTable(dictionary, {
      ...dictionary.header,
      members: [...dictionary.header.members, ...dictionary.trailer.members]
    }),
    '## Known and not served',
    paragraph(
      `Answered by BusinessMessageReject (380=${BusinessReject.unsupportedMessageType.reason}): ` +
        others.map(({ name, msgType }) => `${name} (${msgType})`).join(', ') +
        '.'
    )
  ]
    .join('\n\n')
    .concat('\n')
}

function messageSection(dictionary: DictionarySource, message: MessageSource): string {
  return `### ${message.name} (35=${message.msgType})\n\n${fieldTable(dictionary, message)}`
}

function fieldTable(dictionary: DictionarySource, list: MemberList): string {
  return table(['tag', 'field', 'required', 'type', 'values'], rows(dictionary, list, true, 0))
}

/** A row per field; fields of a group stand behind their count, indented by their depth. */
function rows(dictionary: DictionarySource, list: MemberList, required: boolean, depth: number): string[][] {
  return list.members.flatMap((member): string[][] => {
    const needed = required && member.required
    if (member.kind === 'component') {
      const component = dictionary.components.get(member.name)
      return component ? rows(dictionary, component, needed, depth) : []
    }
    const field = dictionary.fields.get(member.name)
    const own = field ? [fieldRow(field, needed, depth)] : []
    return member.kind === 'group' ? [...own, ...rows(dictionary, member, true, depth + 1)] : own
  })
}

function fieldRow(field: FieldSource, required: boolean, depth: number): string[] {
  const values = [...field.values].map(([value, meaning]) => `${value} ${words(meaning).toLowerCase()}`)
  const listed = values.slice(0, LISTED_VALUES)
  if (values.length > listed.length) listed.push('…')
  return [
    String(field.tag),
    `${'→ '.repeat(depth)}${field.name}`,
    required ? 'Y' : '',
    field.typeName,
    listed.join(', ')
  ]
}

/** When a Logout of the catalogue is sent. */
const LOGOUT_WHEN: Readonly<Record<keyof typeof LogoutText, string>> = {
  incorrectBeginString: 'a message inside the session has another BeginString',
  msgSeqNumTooLow: 'MsgSeqNum below the expected one, without PossDupFlag',
  encryptMethod: 'a Logon asks for encryption',
  heartBtInt: 'a Logon has a HeartBtInt below 0',
  heartBtIntLeast: 'a Logon has a HeartBtInt below the bound of its session',
  heartBtIntBounds: 'a Logon has a HeartBtInt outside the bounds of its session',
  messageTooLarge: 'a message is over the limit',
  outboundLimit: 'the peer does not read; what it has missed comes by ResendRequest',
  invalidLogon: 'a Logon is at fault: text of the Reject that another message would have got, and the tag',
  address: 'the Logon comes from an address that its session does not allow',
  certificate: 'the TLS client certificate is not one of the session',
  credentials: 'Username (553) or Password (554)',
  busy: 'too many passwords are being checked'
}

/** Every text of the catalogue, with X and Y for what it names. */
function logoutTexts(): string[][] {
  return (Object.keys(LogoutText) as (keyof typeof LogoutText)[]).map((key) => {
    const text: string | ((...named: never[]) => string) = LogoutText[key]
    const shown = typeof text === 'string' ? text : text(...(['X', 'Y'].slice(0, text.length) as never[]))
    return [shown, LOGOUT_WHEN[key]]
  })
}

function businessRejects(): string[][] {
  const { unsupportedMessageType, notAvailable, conditionallyRequired: required } = BusinessReject
  return [
    [unsupportedMessageType, 'the message is known and not served'] as const,
    [notAvailable, 'an order or a replace while the venue is about to close'] as const,
    [required('Price'), 'a conditionally required field is missing, which the text names'] as const
  ].map(([{ reason, text }, when]) => [String(reason), text, when])
}

/** The rules of messages that are served. */
function conditionallyRequired(messages: readonly MessageSource[]): string[][] {
  const served = ({ msgTypes }: ConditionalRule): boolean => msgTypes.some((type) => IN.includes(type))
  const field = (name: keyof typeof Tag): string => `${name} (${Tag[name]})`
  return FIX44_CONDITIONAL_RULES.filter(served).map(({ msgTypes, when, anyOf }) => [
    msgTypes.map((type) => messages.find(({ msgType }) => msgType === type)?.name ?? type).join(', '),
    when === undefined ? '' : `${field(when.field)} is ${when.values.join(' or ')}`,
    anyOf.map(field).join(', ')
  ])
}

function table(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...lines.map(line)].join('\n')
}

function paragraph(...sentences: readonly string[]): string {
  return sentences.join(' ')
}

/** "UnsupportedMessageType" and "UNSUPPORTED_MESSAGE_TYPE" as words. */
function words(name: string): string {
  return name.includes('_') || name === name.toUpperCase()
    ? name.replaceAll('_', ' ')
    : name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}
