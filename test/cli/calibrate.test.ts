import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { runCalibrate } from '../../src/cli/run-calibrate.js'
import { HOUR, MINUTE, nanos } from '../../src/base/time.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { recordSynthetic } from '../../src/market/synthetic/record-synthetic.js'
import { loadConfig } from '../../src/venue/config/load-config.js'
import { sharedData } from '../support/data.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-calibrate-'))
const file = (name: string): string => join(directory, name)
afterAll(() => rmSync(directory, { recursive: true }))

const OPTIONS = { day: '6.5h', exponent: 0.6, seed: 1, html: undefined, config: undefined, json: false }

/** What a run writes to stdout. */
function printed(run: () => void): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    run()
    return write.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    write.mockRestore()
  }
}

describe('paperpit calibrate', () => {
  const tape = file('synthetic.arrow')
  recordSynthetic(tape, {
    seed: 1,
    epoch: 0,
    start: nanos(14 * HOUR),
    duration: nanos(20 * MINUTE),
    symbols: ['AAPL', 'MSFT']
  })

  it('measures every instrument, writes a page and a part of venue.yaml that is one', () => {
    const out = printed(() =>
      runCalibrate({ ...OPTIONS, tape: [tape], html: file('page.html'), config: file('venue.yaml') })
    )
    expect(out.match(/^volatility a day {2,}\d/gm)?.length).toBe(2)
    expect(readFileSync(file('page.html'), 'utf8')).toMatch(/^<!doctype html>/)
    expect(Object.keys(loadConfig(file('venue.yaml')).models.impact ?? {})).toEqual(['AAPL', 'MSFT'])
    expect(out).toContain(readFileSync(file('venue.yaml'), 'utf8'))
  })

  it('the synthetic market’s volatility is the one of its fair value, within the interval', () => {
    const { instruments } = JSON.parse(printed(() => runCalibrate({ ...OPTIONS, tape: [tape], json: true }))) as {
      readonly instruments: readonly { readonly activity: { readonly volatility: { low: number; high: number } } }[]
    }
    // 0.9 ticks of 0.01 after a second, at 231.50.
    const truth = (0.009 * Math.sqrt(6.5 * 3600)) / 231.5
    const { low, high } = instruments[0].activity.volatility
    expect([low < truth, truth < high]).toEqual([true, true])
  })

  it.each([
    [{ day: 'long' }, '--day "long": expected a duration such as 6.5h or 24h'],
    [{ exponent: 2 }, '--exponent 2: expected a number from 0 to 1'],
    [{ tape: [file('none.arrow')] }, 'none.arrow']
  ])('says what was expected: %j', (options, message) => {
    expect(() => runCalibrate({ ...OPTIONS, tape: [tape], ...options })).toThrow(message)
  })

  it('is a command', () => {
    if (!existsSync('dist/cli/calibrate.js')) return
    const help = execFileSync(process.execPath, ['dist/main.js', 'calibrate', '--help'], { encoding: 'utf8' })
    expect(help).toContain('Estimate volatility, volume, spread, refill and price impact from tapes')
  })
})

const DAY = 'GOOG_2012-06-21_34200000_57600000'
const messages = sharedData(`lobster/${DAY}_message_10.csv.gz`)
const orderbook = sharedData(`lobster/${DAY}_orderbook_10.csv.gz`)

describe.skipIf(!messages || !orderbook)('a day of GOOG', () => {
  it('has figures of a large stock of 2012', async () => {
    const tape = file('goog.arrow')
    await importLobster(messages ?? '', orderbook ?? '', tape, {})
    const out = printed(() => runCalibrate({ ...OPTIONS, tape: [tape] }))
    const figure = (name: string): string | undefined => new RegExp(`^${name} +(\\S+)`, 'm').exec(out)?.[1]
    expect(Number(figure('volatility a day'))).toBeCloseTo(0.87, 1)
    expect(figure('volume a day')).toMatch(/^68\d,\d{3}$/)
    expect(Number(figure('spread'))).toBeCloseTo(0.27, 1)
    expect(out).toMatch(/propagator: G0 +0\.4/)
  })
})
