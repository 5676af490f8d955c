import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { runEpisode } from './fix/episode.js'
import { minimizeSteps } from './fix/minimize-steps.js'
import { writeSteps } from './fix/step.js'

/**
 * Throws messages of a mad peer at the FIX engine, without sockets: fields and bytes mutated, numbers and times that do
 * not fit, bytes cut at every boundary, slow readers, operators in between, and at the end of each episode the proof that
 * a sound Logon, TestRequest and order are still answered. Every 200th episode is a long one; behind it the memory that
 * the engine holds is measured. A failure is made small and written to .cache/fuzz-fix as steps to repeat.
 *
 *   npm run fuzz:fix -- --messages 10000000 --seed 1
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Mutated messages to send at least. */
    messages: { type: 'string', default: '1000000' },
    /** Messages of an episode. */
    length: { type: 'string', default: '400' },
    /** Go on after a failure; failures are told apart by their text. */
    all: { type: 'boolean', default: false }
  }
})

const LONG_EVERY = 200
const LONG = 40_000
/** What an engine may hold at the end of a long episode, in bytes. */
const HELD_LIMIT = 64e6

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const held = (): number => {
  // The second collection waits for the first one to give buffers back, which it does beside.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const failures = new Map<string, number>()
const report = (seed: number, text: string): boolean => {
  const what = text.split('\n')[0].replace(/\d+/g, '#')
  failures.set(what, (failures.get(what) ?? 0) + 1)
  if (failures.get(what) === 1) console.log(`seed ${seed}: ${text}`)
  return failures.get(what) === 1
}
process.on('unhandledRejection', (error) => {
  report(-1, `unhandled rejection: ${String(error)}`)
})

const wanted = Number(values.messages)
const start = process.hrtime.bigint()
const cpu = process.cpuUsage()
const seen = new Set<string>()
let mutated = 0
let sent = 0
let episodes = 0
let most = 0
let told = 0
const baseline = held()
for (let seed = Number(values.seed); mutated < wanted && (values.all || failures.size === 0); seed++) {
  const long = episodes % LONG_EVERY === LONG_EVERY - 1
  const length = long ? LONG : Number(values.length)
  const measure = (): void => {
    most = Math.max(most, held() - baseline)
  }
  const episode = runEpisode(seed, length, long ? { record: false, inspect: measure } : {})
  episodes++
  mutated += episode.mutated
  sent += episode.sent
  for (const what of episode.seen) seen.add(what)
  if (most > HELD_LIMIT) report(seed, `${Math.round(most / 1e6)} MB are held at the end of a long episode`)
  if (episode.failure !== undefined && report(seed, episode.failure)) {
    const { kind, steps } = long ? runEpisode(seed, length) : episode
    const fewest = minimizeSteps(kind, steps, episode.failure)
    mkdirSync('.cache/fuzz-fix', { recursive: true })
    const path = `.cache/fuzz-fix/seed-${seed}.txt`
    writeFileSync(path, `${JSON.stringify(kind)}\n${writeSteps(fewest)}\n`)
    console.log(`  ${fewest.length} of ${steps.length} steps are enough: ${path}`)
  }
  if (mutated - told >= 1e6) {
    told = mutated
    console.log(`${Math.round(mutated / 1e6)} million mutated, ${seen.size} kinds of answers and events`)
  }
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9
const { user, system } = process.cpuUsage(cpu)
await new Promise((resolve) => setTimeout(resolve, 100))
console.log(
  `${mutated} mutated messages of ${sent} in ${episodes} episodes, ${seconds.toFixed(0)} s (${((user + system) / 1e6).toFixed(0)} s of processor time), ` +
    `${seen.size} kinds of answers and events, at most ${(most / 1e6).toFixed(1)} MB held, ` +
    `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident: ${failures.size} failures`
)
process.exitCode = failures.size === 0 ? 0 : 1
