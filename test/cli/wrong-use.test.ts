import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCli } from '../../src/cli/cli.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-wrong-use-'))
const at = (name: string): string => join(directory, name)
const HEADER = 'time,clOrdId,action,symbol,side,type,qty,price,tif'
const ROW = '2026-01-05T14:31:00Z,A1,new,AAPL,buy,limit,100,231.50,day'

/** Runs a command that is to end with 2; returns what it said on standard error. */
async function refused(...args: string[]): Promise<string> {
  let said = ''
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  try {
    expect(await runCli(args)).toBe(2)
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
  expect(said).not.toMatch(/\n\s+at /)
  return said
}

beforeAll(() => {
  mkdirSync(at('folder'))
  writeFileSync(at('orders.csv'), `${HEADER}\n${ROW}\n`)
  writeFileSync(at('empty.csv'), '')
  writeFileSync(at('columns.csv'), 'when,what\n1,2\n')
  writeFileSync(at('time.csv'), `${HEADER}\n${ROW.replace('14:31:00Z', '14:31:00')}\n`)
  writeFileSync(at('symbol.csv'), `${HEADER}\n${ROW.replace('AAPL', 'IBM')}\n`)
  writeFileSync(at('key.yaml'), 'fix:\n  prt: 9878\n')
  writeFileSync(at('broken.yaml'), 'fix: [\n')
  writeFileSync(at('text.db'), 'not a journal, but long enough to be looked into by SQLite'.repeat(9))
  const db = new Database(at('other.db'))
  db.exec('CREATE TABLE t (x)')
  db.close()
  const newer = new Database(at('newer.db'))
  newer.pragma(`application_id = ${0x50504954}`)
  newer.pragma('user_version = 99')
  newer.exec('CREATE TABLE t (x)')
  newer.close()
})
afterAll(() => rmSync(directory, { recursive: true }))

const scenario = ['backtest', '--scenario', 'calm', '--duration', '1m']

describe('wrong use ends with 2 and a sentence', () => {
  it.each<[what: string, args: readonly string[], sentence: string]>([
    ['no command', [], 'Name a command.'],
    ['a command that is none', ['trade'], 'Unknown argument: trade'],
    ['an option that is none', ['serve', '--prot', '1'], 'Unknown argument: prot'],
    ['an option without its value', [...scenario, '--orders'], 'Not enough arguments following: orders'],
    ['an option given twice', ['tca', 'a.db', '--out', 'x', '--out', 'y'], '--out is given 2 times: expected once'],
    ['a port that is none', ['serve', '--port', 'abc'], '--port: expected a whole number, from 0 to 65535'],
    ['a port beyond the last', ['serve', '--port', '70000'], '--port: expected a whole number, from 0 to 65535'],
    [
      'a seed that is none',
      [...scenario, '--orders', 'x.csv', '--seed', '1.5'],
      '--seed: expected a whole number, 0 or more'
    ],
    [
      'a number of parents that is none',
      ['tca', 'a.db', '--parents', '-1'],
      '--parents: expected a whole number, 0 or more'
    ],
    ['a speed that is none', ['serve', '--speed', 'fast'], '--speed "fast": expected a number above 0'],
    ['a latency that is none', [...scenario, '--orders', 'x', '--latency', 'soon'], '--latency "soon": expected'],
    ['a preset that is none', ['serve', '--preset', 'best'], 'Given: "best"'],
    ['no market', ['backtest', '--orders', 'x.csv'], 'expected --tape or --scenario'],
    [
      'a duration that is none',
      ['backtest', '--scenario', 'calm', '--duration', '1 day', '--orders', 'x'],
      '--duration "1 day"'
    ]
  ])('%s', async (_what, args, sentence) => {
    expect(await refused(...args)).toContain(sentence)
  })
})

describe('wrong files end with 2, their name and what was expected', () => {
  it.each<[what: string, args: readonly string[], sentence: string]>([
    ['a tape that is not there', ['backtest', '--tape', at('no.arrow'), '--orders', at('orders.csv')], 'no.arrow'],
    ['orders that are not there', [...scenario, '--orders', at('no.csv')], 'no.csv cannot be read: ENOENT'],
    ['a directory as orders', [...scenario, '--orders', at('folder')], 'folder cannot be read: EISDIR'],
    [
      'an empty file of orders',
      [...scenario, '--orders', at('empty.csv')],
      'empty.csv:1:1 is empty: expected a header line'
    ],
    ['other columns', [...scenario, '--orders', at('columns.csv')], 'columns.csv:1:1 has no column time'],
    [
      'a time without a zone',
      [...scenario, '--orders', at('time.csv')],
      'time.csv:2:1 time "2026-01-05T14:31:00": expected'
    ],
    [
      'a symbol that is not traded',
      [...scenario, '--orders', at('symbol.csv')],
      'symbol.csv:2:29 symbol "IBM": expected one of AAPL'
    ],
    [
      'fills into a directory that is not there',
      [...scenario, '--orders', at('orders.csv'), '--out', at('no/fills.csv')],
      'fills.csv cannot be written: ENOENT'
    ],
    [
      'a journal that exists',
      [...scenario, '--orders', at('orders.csv'), '--journal', at('other.db')],
      'exists: a backtest is recorded into a journal of its own'
    ],
    ['a configuration that is not there', ['serve', '--config', at('no.yaml')], 'no.yaml cannot be read: ENOENT'],
    [
      'a configuration with a wrong key',
      ['serve', '--config', at('key.yaml')],
      'key.yaml:2:3 /fix/prt is no key here; known are host, port'
    ],
    ['a configuration that is no YAML', ['serve', '--config', at('broken.yaml')], 'broken.yaml:'],
    ['a scenario that is none', ['serve', '--scenario', 'storm'], 'scenario "storm": expected a file, or one of'],
    ['a journal that is not there', ['tca', at('no.db')], 'no.db: no such journal'],
    ['a journal that is no SQLite', ['journal', 'info', at('text.db')], 'text.db is no journal: not a SQLite file'],
    [
      'another program’s database',
      ['journal', 'orders', at('other.db')],
      'other.db is a SQLite file, but no Paperpit journal'
    ],
    [
      'a journal of a newer schema',
      ['rerun', at('newer.db'), '--check'],
      'newer.db is a journal of version 99; this program knows versions up to'
    ],
    [
      'a directory as a journal',
      ['serve', '--port', '0', '--journal', at('folder')],
      'folder is no journal: not a file'
    ]
  ])('%s', async (_what, args, sentence) => {
    expect(await refused(...args)).toContain(sentence)
  })
})

describe('help', () => {
  it.each(
    [
      'serve',
      'demo',
      'backtest',
      'tca',
      'rerun',
      'calibrate',
      'rules',
      'hash-password',
      'journal info',
      'journal messages',
      'journal orders',
      ...['import', 'info', 'check', 'cut', 'merge', 'generate'].map((tool) => `tape ${tool}`)
    ].map((command) => [command])
  )('of %s has an example', async (command) => {
    let printed = ''
    const out = vi.spyOn(console, 'log').mockImplementation((text: unknown) => void (printed += String(text)))
    try {
      expect(await runCli([...command.split(' '), '--help'])).toBe(0)
    } finally {
      out.mockRestore()
    }
    expect(printed).toContain('Examples:')
    expect(printed).toContain(`paperpit ${command}`)
  })
})
