/**
 * A thousand FIX sessions at once on one port of a real venue, in about a minute: all log on and send and get Heartbeats,
 * then each sends an order a second, while one more sends many and reads its reports, and then again while one more
 * sends as many and never reads. It prints what a session costs in memory, how late the venue's event loop came, and how
 * long the others waited for their acknowledgements with and without the reader that is stuck.
 *
 * Orders are IOC far from the market: each is answered by an acknowledgement and a cancellation. Figures are of both
 * processes on the same machine; what a client waits holds its own delays as well.
 *
 *   npm run build && tsx scripts/soak/sessions.ts --sessions 1000
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ProbedVenue, type VenueState } from './sessions/probed-venue.js'
import { SoakClient } from './sessions/soak-client.js'

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '1000' },
    /** Seconds of each of the three phases. */
    seconds: { type: 'string', default: '12' }
  }
})

const HEART_BT_INT = 4
/** Orders per second of the one that sends many. */
const FLOOD = 4_000
/** Low enough that the stuck reader is found out within a phase. */
const MAX_OUTBOUND = 4_194_304
/** Seconds of trading that are not measured. */
const WARM_UP = 3
/** Logons at once. */
const AT_ONCE = 50

const count = Number(values.sessions)
const seconds = Number(values.seconds)
const directory = mkdtempSync(join(tmpdir(), 'paperpit-soak-'))
const config = join(directory, 'venue.yaml')
writeFileSync(config, `fix:\n  maxOutboundBytes: ${MAX_OUTBOUND}\n`)

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

function shown({ rss, heapUsed, external, sockets, processorSeconds, delay, worst }: VenueState): string {
  const [p50, p99, max] = delay.map((ms) => ms.toFixed(1))
  return (
    `${sockets} connections, ${megabytes(rss)} resident, ${megabytes(heapUsed + external)} in use behind a collection, ` +
    `${processorSeconds.toFixed(1)} s of processor time; event loop late by ${p50} ms median, ${p99} p99, ${max} worst ` +
    `(longest turn ${worst.late.toFixed(0)} ms, ${worst.computing.toFixed(0)} ms of them computing)`
  )
}

function latencies(clients: readonly SoakClient[]): string {
  const all = clients.flatMap((client) => client.latencies.splice(0)).sort((a, b) => a - b)
  const at = (part: number): string => (all[Math.min(Math.floor(all.length * part), all.length - 1)] ?? NaN).toFixed(1)
  return `${all.length} acknowledged in ${at(0.5)} ms median, ${at(0.99)} p99, ${at(1)} worst`
}

/** Each client sends an order a second, spread over the second; `flood` sends {@link FLOOD}. */
async function trade(clients: readonly SoakClient[], flood: SoakClient, length: number): Promise<void> {
  const slices = 50
  for (let second = 0; second < length; second++)
    for (let slice = 0; slice < slices; slice++) {
      const due = start + (phase + second + slice / slices) * 1000
      await sleep(Math.max(due - performance.now(), 0))
      for (let i = slice; i < clients.length; i += slices) clients[i].order()
      if (!flood.closed) flood.order(FLOOD / slices)
    }
  phase += length
  await sleep(1000)
  phase++
}

let phase = 0
let start = 0
const faults: string[] = []
const venue = await ProbedVenue.start('--config', config, '--journal', join(directory, 'venue.db'))
try {
  await sleep(1000)
  const empty = await venue.state()
  console.log(`venue without a client: ${shown(empty)}`)

  const clients = Array.from({ length: count }, (_, i) => new SoakClient(`S${i}`, HEART_BT_INT))
  const [reader, stuck] = ['READER', 'STUCK'].map((name) => new SoakClient(name, HEART_BT_INT))
  const everybody = [...clients, reader, stuck]
  const logons = performance.now()
  for (let at = 0; at < everybody.length; at += AT_ONCE)
    await Promise.all(everybody.slice(at, at + AT_ONCE).map((client) => client.logon(venue.port)))
  console.log(`${everybody.length} logged on in ${((performance.now() - logons) / 1000).toFixed(1)} s`)
  const ticking = setInterval(() => everybody.forEach((client) => client.tick()), 200)

  await venue.state()
  await sleep(seconds * 1000)
  const idle = await venue.state()
  const beats = everybody.map(({ heartbeats }) => heartbeats)
  console.log(`heartbeating: ${shown(idle)}`)
  const per = (of: (state: VenueState) => number): string =>
    `${((of(idle) - of(empty)) / everybody.length / 1000).toFixed(1)} kB`
  console.log(
    `  a session costs ${per(({ rss }) => rss)} resident, ${per(({ heapUsed, external }) => heapUsed + external)} in use; ` +
      `each has sent ${Math.min(...beats)} to ${Math.max(...beats)} Heartbeats`
  )
  if (Math.min(...beats) < Math.floor(seconds / HEART_BT_INT) - 1) faults.push('a session sent too few Heartbeats')

  start = performance.now()
  await trade(clients, reader, WARM_UP)
  latencies(clients)
  await venue.state()
  await sleep(100)
  start = performance.now()
  phase = 0
  await trade(clients, reader, seconds)
  const traded = await venue.state()
  console.log(`each trading, one sends ${FLOOD} orders/s and reads: ${shown(traded)}\n  others: ${latencies(clients)}`)
  reader.latencies = []

  stuck.stop()
  await trade(clients, stuck, seconds)
  const withStuck = await venue.state()
  console.log(`the same, but it never reads: ${shown(withStuck)}\n  others: ${latencies(clients)}`)
  clearInterval(ticking)

  if (withStuck.sockets > traded.sockets - 1) faults.push('the stuck reader is still connected')
  const expected = 2 * (WARM_UP + 2 * seconds)
  for (const client of clients) {
    if (client.closed) faults.push(`${client.name} lost its connection`)
    if (client.reports !== expected) faults.push(`${client.name} got ${client.reports} reports, not ${expected}`)
  }
  for (const client of everybody) client.end()
  await sleep(500)
  console.log(`all gone: ${shown(await venue.state())}`)
} finally {
  const code = await venue.stop()
  if (code !== 0) faults.push(`the venue ended with ${code}`)
  rmSync(directory, { recursive: true, force: true })
}
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`)
console.log(`${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1
