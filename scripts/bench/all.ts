/**
 * All benchmarks, one after the other: `npm run bench`, or some of them by name: `npm run bench -- core codec`.
 * Each states its mix, what it leaves out and its reference, and measures both in one run.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const NOT_BENCHMARKS = new Set(['all.ts', 'synthetic-recording.ts'])
const known = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && !NOT_BENCHMARKS.has(file))
  .map((file) => file.slice(0, -3))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}: known are ${known.join(', ')}`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : known) {
  console.log(`\n=== ${name}`)
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(here, `${name}.ts`)], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
