/**
 * kill -9 of the venue at random moments under load, a hundred times on one journal: while orders are acknowledged, while
 * a resend is under way, right behind a Logon. Nothing acknowledged may be lost, no number used twice, and whatever is
 * resent has the body and the OrigSendingTime that it had first, also the second time.
 *
 *   npm run build && tsx scripts/soak/kill.ts --rounds 100
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runKillRounds } from '../../test/support/kill-rounds.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    burst: { type: 'string', default: '300' },
    clients: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' }
  }
})

const directory = mkdtempSync(join(tmpdir(), 'paperpit-soak-kill-'))
const start = process.hrtime.bigint()
try {
  const rounds = Number(values.rounds)
  const journal = join(directory, 'kill.db')
  const result = await runKillRounds({
    rounds,
    burst: Number(values.burst),
    clients: Number(values.clients),
    journal,
    seed: Number(values.seed),
    progress: (round) => {
      if ((round + 1) % 20 === 0) console.log(`${round + 1} of ${rounds} kills`)
    }
  })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  console.log(
    `${rounds} kills (${result.killedInResend} of them while everything was resent), ${values.clients} clients with bursts of ${values.burst} orders, ` +
      `${seconds.toFixed(0)} s: ${result.acknowledged} orders acknowledged, ${result.messages} numbers, ` +
      `${result.compared} messages compared with their first sending, journal ${(statSync(journal).size / 1e6).toFixed(0)} MB: ` +
      `${result.violations.length} violations`
  )
  for (const violation of result.violations.slice(0, 20)) console.log(violation)
  process.exitCode = result.violations.length === 0 ? 0 : 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
