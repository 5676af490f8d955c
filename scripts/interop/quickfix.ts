/**
 * The venue against QuickFIX C++, which is not ours: inside Node (node-quickfix) and as a program of its own, each with
 * the venue's dictionary and with the plain one of FIX 4.4, through every step of `scenario.ts`.
 *
 *   npm run interop:quickfix
 *
 * Where QuickFIX or a compiler is not installed, it says which package brings it, and ends without a fault.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildNodeQuickfix } from './node-quickfix/build.js'
import { type PeerDictionary, type PeerProgram } from './quickfix-peer.js'
import { Scenario } from './scenario.js'

const PEER_SOURCE = fileURLToPath(new URL('./quickfix-peer.cpp', import.meta.url))
const NODE_PEER = fileURLToPath(new URL('./node-quickfix/peer.ts', import.meta.url))
/** The plain dictionary does not know the venue's own tags, so a desk that loads it tells QuickFIX not to mind them. */
const DICTIONARIES: readonly PeerDictionary[] = [
  { path: resolve('fix-dictionaries/FIX44-paperpit.xml'), validateUserDefinedFields: true },
  { path: resolve('node_modules/jspurefix/data/FIX44.xml'), validateUserDefinedFields: false }
]

/** What is not there, as a package to install; undefined where all is. */
function missing(): string | undefined {
  const has = (command: string, ...args: string[]): boolean => {
    try {
      execFileSync(command, args, { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  if (!has('g++', '--version')) return 'a C++ compiler: apt-get install g++ make'
  if (!has('g++', '-x', 'c++', '-std=c++14', '-w', '-fsyntax-only', '-include', 'quickfix/Message.h', '/dev/null'))
    return 'QuickFIX: apt-get install libquickfix-dev'
  if (!has('make', '--version')) return 'make: apt-get install make'
  return undefined
}

function buildPeer(): string {
  const directory = resolve('.cache/interop')
  const binary = join(directory, 'quickfix-peer')
  mkdirSync(directory, { recursive: true })
  if (!existsSync(binary) || statSync(binary).mtimeMs < statSync(PEER_SOURCE).mtimeMs)
    execFileSync('g++', ['-std=c++14', '-w', '-O1', PEER_SOURCE, '-o', binary, '-lquickfix', '-lpthread'], {
      stdio: 'inherit'
    })
  return binary
}

async function run(program: PeerProgram, dictionary: PeerDictionary): Promise<boolean> {
  console.log(`\n${program.name}, DataDictionary=${basename(dictionary.path)}`)
  try {
    await Scenario.run(program, dictionary, (step) => console.log(`  ok  ${step}`))
    return true
  } catch (error) {
    console.log(`  FAILED  ${(error as Error).message}`)
    return false
  }
}

const lacking = missing()
if (lacking !== undefined) {
  console.log(`skipped, since this machine lacks ${lacking}`)
} else {
  const programs: readonly PeerProgram[] = [
    { name: 'QuickFIX C++', command: buildPeer(), args: [] },
    { name: 'node-quickfix', command: process.execPath, args: ['--import', 'tsx', NODE_PEER, buildNodeQuickfix()] }
  ]
  let failed = 0
  for (const dictionary of DICTIONARIES) for (const program of programs) if (!(await run(program, dictionary))) failed++
  console.log(failed === 0 ? '\nall passed' : `\n${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
