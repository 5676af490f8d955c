import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedData } from './support/data.js'

const MAIN = resolve('dist/main.js')
const readme = readFileSync('README.md', 'utf8')
const directory = mkdtempSync(join(tmpdir(), 'paperpit-readme-'))
const day = ['message', 'orderbook'].map((kind) =>
  sharedData(`lobster/GOOG_2012-06-21_34200000_57600000_${kind}_10.csv.gz`)
)

/** The commands of the README's code blocks, in their order. */
const commands = readme
  .split('\n')
  .filter((line) => line.startsWith('npx paperpit '))
  .map((line) => line.replace(/\s+#.*$/, ''))

const needsData = (command: string): boolean => /goog|GOOG|run\.db/.test(command)

beforeAll(() => {
  for (const path of day) if (path) symlinkSync(resolve(path), join(directory, basename(path)))
  copyFileSync('config/venue.yaml', join(directory, 'my-venue.yaml'))
  const orders = [
    '1340289000000000000,A1,new,GOOG,buy,limit,100,570.00,day,P1',
    '1340290000000000000,A2,new,GOOG,buy,market,50,,ioc,P1'
  ]
  writeFileSync(
    join(directory, 'orders.csv'),
    `time,clOrdId,action,symbol,side,type,qty,price,tif,ClOrdLinkID\n${orders.join('\n')}\n`
  )
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Runs a command that ends; `serve` is told to stop as soon as it listens. Returns what it printed. */
async function run(args: readonly string[]): Promise<string> {
  if (args[0] !== 'serve')
    return execFileSync(process.execPath, [MAIN, ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' })
  const child = spawn(process.execPath, [MAIN, ...args, '--port', '0'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  let printed = ''
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString()
    if (printed.includes('listening')) child.kill('SIGTERM')
  })
  const code = await new Promise<number | null>((done) => child.on('exit', done))
  expect(code).toBe(0)
  return printed
}

describe('the README', () => {
  it('opens with the two commands of the first minute', () => {
    expect(
      readme
        .split('```')[1]
        .trim()
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, ''))
    ).toEqual(['npm ci && npm start', 'npm ci && npm test'])
  })

  it('names scripts that exist, and links to files that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    for (const [, script] of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script)
    for (const [, path] of readme.matchAll(/\]\(([^)#]+)\)/g))
      if (!path.includes('://')) expect(existsSync(path), path).toBe(true)
  })

  it('shows commands', () => {
    expect(commands.length).toBeGreaterThan(9)
  })

  // In the order of the README: later commands read what earlier ones wrote.
  it.each(commands.map((command) => [command] as const))('%s', async (command) => {
    if (needsData(command) && day.includes(undefined)) return
    const args = command
      .split(' ')
      .slice(2)
      .map((arg) => arg.replaceAll('"', ''))
    expect(await run(args)).not.toContain('paperpit: ')
  })
})
