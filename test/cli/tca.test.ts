import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/base/user-error.js'
import { runTca, type TcaArguments } from '../../src/cli/run-tca.js'
import { recordSession } from '../analysis/support/recorded-session.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-tca-cli-'))
const DEFAULTS = { format: undefined, out: undefined, parents: undefined, 'parent-quantity': 'sum' } as const
const run = (args: Partial<TcaArguments> & { readonly journal: string }) => runTca({ ...DEFAULTS, ...args })

describe('paperpit tca', () => {
  const { path } = recordSession({ parents: 2, slices: 2, seconds: 4 })

  it.each([
    ['report.html', /^<!doctype html>/],
    ['report.json', /^\{\n {2}"report": "paperpit-tca"/],
    ['report.csv', /^id,parent,session,/],
    ['report.txt', /^Transaction cost analysis/]
  ])('writes %s in the format of its name', (name, start) => {
    const out = join(directory, name)
    run({ journal: path, out })
    expect(readFileSync(out, 'utf8')).toMatch(start)
  })

  it('takes a named format over the file’s name', () => {
    const out = join(directory, 'named.html')
    run({ journal: path, out, format: 'csv' })
    expect(readFileSync(out, 'utf8')).toMatch(/^id,parent,/)
  })

  it.each([
    ['a journal that is not there', { journal: join(directory, 'none.db') }, /none\.db: no such journal/],
    ['a file that is no journal', { journal: join(directory, 'text.db') }, /text\.db is no journal/],
    [
      'a format that is none',
      { journal: path, format: 'xls' as 'csv' },
      /unknown format xls: expected text, json, csv, html/
    ],
    [
      'a file that cannot be written',
      { journal: path, out: join(directory, 'no', 'where.csv') },
      /where\.csv cannot be written/
    ]
  ])('refuses %s with a sentence', (_name, args, sentence) => {
    writeFileSync(join(directory, 'text.db'), 'not a journal, but long enough to be looked into by SQLite'.repeat(9))
    expect(() => run(args)).toThrow(UserError)
    expect(() => run(args)).toThrow(sentence)
  })
})
