/**
 * How long a turn that feeds a tape takes at most: what an order may wait for the tape.
 *
 * Mix: an hour of the synthetic market in five symbols, fed to a sink that does nothing in steps of 100 ms of its time, with a
 * round of the event loop between two steps, as a venue has them. With and without reading ahead between turns, nine times each,
 * the passes taking turns. A record batch of the file is met eleven times a pass, so the tenth longest turn is one that meets
 * a batch, and no pause of the collector; of the nine passes the least, as other programs may run. Counted is processor time.
 * The file is in the operating system's cache: what a slow disk adds is not seen.
 *
 *   tsx scripts/bench/look-ahead.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR, nanos, SECOND, type Nanos } from '../../src/base/time.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { recordSynthetic } from '../../src/market/synthetic/record-synthetic.js'
import { IdleSink } from './replay/idle-sink.js'

const PASSES = 9
const STEP = SECOND / 10
const TENTH = 9

/** The tenth longest turn of one pass, in µs. */
async function pass(path: string, ahead: boolean): Promise<number> {
  const source = openTapes([path])
  const sink = new IdleSink()
  const turns: number[] = []
  for (let to: number = source.start; to < (source.end as Nanos); to += STEP) {
    const start = process.cpuUsage()
    source.advance(nanos(to), sink)
    const { user, system } = process.cpuUsage(start)
    turns.push(user + system)
    if (ahead) source.readAhead?.()
    await new Promise((next) => setImmediate(next))
  }
  return turns.sort((a, b) => b - a)[TENTH]
}

const directory = mkdtempSync(join(tmpdir(), 'paperpit-bench-'))
try {
  const path = join(directory, 'synthetic.arrow')
  recordSynthetic(path, { seed: 1, epoch: 1_767_571_200, start: nanos(14 * HOUR), duration: HOUR })
  const kinds = [
    ['without reading ahead', false],
    ['reading ahead', true]
  ] as const
  const told = kinds.map(() => [] as number[])
  for (let n = 0; n < PASSES; n++) for (const [i, [, ahead]] of kinds.entries()) told[i].push(await pass(path, ahead))
  console.log('the tenth longest turn that feeds a tape, in µs of processor time')
  kinds.forEach(([name], i) => {
    console.log(
      `  ${name.padEnd(26)}${Math.min(...told[i])
        .toFixed(0)
        .padStart(8)}`
    )
  })
} finally {
  rmSync(directory, { recursive: true })
}
