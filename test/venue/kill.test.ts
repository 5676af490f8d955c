import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runKillRounds } from '../support/kill-rounds.js'

/** `npm run soak` does a hundred. */
const KILLS = 20
const directory = mkdtempSync(join(tmpdir(), 'paperpit-kill-'))

afterAll(() => rmSync(directory, { recursive: true }))

describe('kill -9 in the middle of bursts of orders from two clients', () => {
  it(
    `${KILLS} times: no acknowledged order is missing, no number is used twice, resends repeat every body and the first SendingTime`,
    { timeout: 240_000 },
    async () => {
      const result = await runKillRounds({
        rounds: KILLS,
        burst: 300,
        clients: 2,
        journal: join(directory, 'kill.db'),
        seed: 20261120
      })
      expect(result.violations).toEqual([])
      expect(result.acknowledged).toBeGreaterThan(KILLS)
      expect(result.killedInResend).toBeGreaterThan(0)
      expect(result.compared).toBeGreaterThan(2 * result.acknowledged)
    }
  )
})
