/**
 * QuickFIX C++ inside Node, told what to do on stdin as `scripts/interop/quickfix-peer.ts` describes. A process of its
 * own, since a configuration that QuickFIX does not like aborts it.
 *
 *   tsx scripts/interop/node-quickfix/peer.ts NodeQuickfix.node SETTINGS-FILE
 */
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

type Tags = Readonly<Record<string, string>>
type Done = () => void

interface QuickfixMessage {
  readonly header: Tags
  readonly tags?: Tags
  readonly trailer?: Tags
}

interface QuickfixSession {
  senderSeqNum: number
  readonly targetSeqNum: number
  logon(done: Done): void
  logout(done: Done): void
}

interface SessionId {
  readonly beginString: string
  readonly senderCompID: string
  readonly targetCompID: string
}

interface QuickfixInitiator {
  start(done: Done): void
  stop(done: Done): void
  send(message: QuickfixMessage, done: Done): void
  getSessions(): SessionId[]
  getSession(id: SessionId): QuickfixSession
}

interface NodeQuickfix {
  readonly FixInitiator: new (
    callbacks: Readonly<Record<string, (message: QuickfixMessage) => void>>,
    options: { readonly propertiesFile: string; readonly storeFactory: 'file' }
  ) => QuickfixInitiator
}

const [binary, propertiesFile] = process.argv.slice(2)
const { FixInitiator } = createRequire(import.meta.url)(binary) as NodeQuickfix

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function shown({ header, tags, trailer }: QuickfixMessage): string {
  const fields = [header, tags ?? {}, trailer ?? {}].flatMap((part) => Object.entries(part))
  return fields.map(([tag, value]) => `${tag}=${value}|`).join('')
}

const initiator = new FixInitiator(
  {
    onLogon: () => say('logon'),
    onLogout: () => say('logout'),
    toAdmin: (message) => say(`out ${shown(message)}`),
    toApp: (message) => say(`out ${shown(message)}`),
    fromAdmin: (message) => say(`in ${shown(message)}`),
    fromApp: (message) => say(`in ${shown(message)}`)
  },
  { propertiesFile, storeFactory: 'file' }
)

const done = (act: (done: Done) => void): Promise<void> => new Promise((resolve) => act(() => resolve()))
await done((called) => initiator.start(called))
const [id] = initiator.getSessions()
const session = initiator.getSession(id)

/** "35=D|11=A1" for the session's peer. */
function message(text: string): QuickfixMessage {
  const [[, msgType], ...body] = text.split('|').map((field) => field.split(/=(.*)/s))
  const header = { 8: id.beginString, 35: msgType, 49: id.senderCompID, 56: id.targetCompID }
  return { header, tags: Object.fromEntries(body) as Tags }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, rest] = line.split(/ (.*)/s)
  if (command === 'send') await done((called) => initiator.send(message(rest), called))
  else if (command === 'sender') session.senderSeqNum = Number(rest)
  else if (command === 'numbers') say(`numbers ${session.senderSeqNum} ${session.targetSeqNum}`)
  else if (command === 'logout') await done((called) => session.logout(called))
  else if (command === 'logon') await done((called) => session.logon(called))
  else if (command === 'stop') break
}
await done((called) => initiator.stop(called))
process.exit(0)
