import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { COMPAT_H, CONFIG_H, edited, editedGyp } from './source-edits.js'

/** What is compiled, exactly. NAN is what the package forgot to depend on. */
const NODE_QUICKFIX = 'node-quickfix@2.1.1'
const NAN = 'nan@2.30.0'
const CACHE = resolve('.cache/interop')

/**
 * Builds node-quickfix against the installed QuickFIX, unless that was done before for this Node and these edits.
 * @returns the path of the compiled module
 * @throws Error with the compiler's last lines
 */
export function buildNodeQuickfix(): string {
  const edits = readFileSync(new URL('./source-edits.ts', import.meta.url))
  const key = createHash('sha256').update(edits).update(`${NODE_QUICKFIX} ${NAN}`).digest('hex').slice(0, 12)
  const home = join(CACHE, `node-quickfix-abi${process.versions.modules}-${key}`)
  const binary = join(home, 'build/Release/NodeQuickfix.node')
  if (existsSync(binary)) return binary
  rmSync(home, { recursive: true, force: true })
  mkdirSync(join(home, 'compat/quickfix'), { recursive: true })
  writeFileSync(join(home, 'compat/compat.h'), COMPAT_H)
  writeFileSync(join(home, 'compat/quickfix/config.h'), CONFIG_H)
  const installed = resolve('node_modules/node-quickfix')
  const from = existsSync(join(installed, 'binding.gyp')) ? installed : fetched(NODE_QUICKFIX)
  cpSync(join(from, 'src'), join(home, 'src'), { recursive: true })
  for (const file of readdirSync(join(home, 'src'))) {
    const path = join(home, 'src', file)
    writeFileSync(path, edited(file, readFileSync(path, 'utf8')))
  }
  const gyp = readFileSync(join(from, 'binding.gyp'), 'utf8')
  writeFileSync(join(home, 'binding.gyp'), editedGyp(gyp, fetched(NAN), join(home, 'compat')))
  writeFileSync(join(home, 'package.json'), JSON.stringify({ scripts: { build: 'node-gyp rebuild' } }))
  npm(['run', 'build'], home)
  return binary
}

/** The contents of a package of the registry, unpacked once. */
function fetched(name: string): string {
  const home = join(CACHE, name)
  const contents = join(home, 'package')
  if (existsSync(contents)) return contents
  mkdirSync(home, { recursive: true })
  const tarball = npm(['pack', name, '--silent', '--pack-destination', home], CACHE).trim()
  execFileSync('tar', ['xzf', join(home, tarball), '-C', home])
  return contents
}

function npm(args: readonly string[], cwd: string): string {
  try {
    return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
    throw new Error(`npm ${args.join(' ')} failed:\n${lines.slice(-40).join('\n')}`, { cause: error })
  }
}
