import { describe, expect, it } from 'vitest'
import { MINUTE, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../src/exchange/units.js'
import { AgentMarket } from '../../../src/market/agents/agent-market.js'
import { loadScenario } from '../../../src/market/agents/scenario/load-scenario.js'
import { checkTape } from '../../../src/market/check/check-tape.js'
import { cutTape } from '../../../src/market/cut/cut-tape.js'
import { mergeTapes } from '../../../src/market/merge/merge-tapes.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { recordSource } from '../../../src/market/record-source.js'
import { describeTape } from '../../../src/market/statistics/describe-tape.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { tapeCalls } from '../support/tape-calls.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const EPOCH = 1_767_571_200
const [A, B] = [instrumentNo(0), instrumentNo(1)]
const at = (seconds: number): Nanos => nanos(seconds * SECOND)
const iso = (seconds: number): string => new Date((EPOCH + seconds) * 1000).toISOString()

/** A is halted from second 2 to 5, with a crossed book in between; B trades. */
function halted(name: string, symbols: readonly string[] = ['A', 'B']): string {
  const path = temporary(name)
  const instruments = symbols.map((symbol) => ({ symbol, tickSize: '0.01', lotSize: '1', feed: 'l2' as const }))
  const tape = new TapeWriter(path, { instruments, source: '-', timeZone: 'UTC', createdFrom: [] }, EPOCH)
  const level = (seconds: number, no: typeof A, side: 1 | -1, px: number): void => {
    tape.level(at(seconds), no, side, price(px), quantity(10))
    tape.eventEnd()
  }
  const phase = (seconds: number, word: 'halt' | 'continuous'): void => {
    tape.enterPhase(at(seconds), A, word)
    tape.eventEnd()
  }
  level(1, A, BUY, 100)
  level(1, B, BUY, 200)
  phase(2, 'halt')
  level(3, A, SELL, 99)
  level(4, B, SELL, 201)
  phase(5, 'continuous')
  tape.level(at(6), A, SELL, price(99), quantity(0))
  tape.eventEnd()
  tape.close()
  return path
}

const phasesOf = (path: string): string[] => tapeCalls(path).filter((call) => call.includes('enterPhase'))

describe('the phases of a tape', () => {
  it('are read as they were written', () => {
    expect(phasesOf(halted('day.arrow'))).toEqual([
      '2000000000 A enterPhase halt',
      '5000000000 A enterPhase continuous'
    ])
  })

  it('stand where a cut begins, after the book', () => {
    const out = temporary('cut.arrow')
    cutTape(halted('day.arrow'), out, { from: iso(4), symbols: ['A'] })
    expect(tapeCalls(out)).toEqual([
      '4000000000 clear',
      '4000000000 level 1 100 10',
      '4000000000 level -1 99 10',
      '4000000000 eventEnd',
      '4000000000 enterPhase halt',
      '4000000000 eventEnd',
      '5000000000 enterPhase continuous',
      '5000000000 eventEnd',
      '6000000000 level -1 99 0',
      '6000000000 eventEnd'
    ])
  })

  it('are those of their instruments on a merged tape, and on one that another program wrote', async () => {
    const merged = temporary('merged.arrow')
    mergeTapes([halted('first.arrow', ['C', 'D']), halted('second.arrow')], merged)
    const both = ['2000000000 C', '2000000000 A', '5000000000 C', '5000000000 A']
    expect(phasesOf(merged)).toEqual(both.map((who, i) => `${who} enterPhase ${i < 2 ? 'halt' : 'continuous'}`))
    const imported = temporary('imported.arrow')
    await importFiles([merged], imported, undefined)
    expect(tapeCalls(imported)).toEqual(tapeCalls(merged))
  })

  it('excuse a crossed book, and are told of with the tape', () => {
    const path = halted('day.arrow')
    const { sound, findings } = checkTape(path)
    expect([sound, findings.map(({ fault, count }) => `${fault} ${count}`)]).toEqual([true, ['crossedCall 1']])
    const [a, b] = describeTape(path).instruments
    expect([a.phaseCount, a.phases, b.phaseCount]).toEqual([
      2,
      [
        { start: `${iso(2).slice(0, 19)}.000000000Z`, phase: 'halt' },
        { start: `${iso(5).slice(0, 19)}.000000000Z`, phase: 'continuous' }
      ],
      0
    ])
  })

  it('are a remark of the check where displayed orders trade in a halt', () => {
    const path = temporary('trades.arrow')
    const instruments = [{ symbol: 'A', tickSize: '0.01', lotSize: '1', feed: 'l2' as const }]
    const tape = new TapeWriter(path, { instruments, source: '-', timeZone: 'UTC', createdFrom: [] }, EPOCH)
    tape.enterPhase(at(1), A, 'halt')
    tape.eventEnd()
    tape.trade(at(2), A, BUY, price(100), quantity(1))
    tape.eventEnd()
    tape.close()
    const { sound, findings } = checkTape(path)
    expect([sound, findings]).toEqual([
      true,
      [{ fault: 'outOfPhase', count: 1, places: ['row 2 (trade): A trades while it is in halt'] }]
    ])
  })

  it('of a scenario come with its tape, behind the facts of their time', () => {
    const { scenario } = loadScenario('flash-crash')
    const market = new AgentMarket({ scenario, epoch: 0, start: nanos(0) })
    const out = temporary('scenario.arrow')
    recordSource(out, market, { source: '-', duration: nanos(7 * MINUTE) })
    const plan = new AgentMarket({ scenario, epoch: 0, start: nanos(0) }).phases()
    const expected: string[] = []
    for (let change = plan.take(); change !== undefined && change.time <= 7 * MINUTE; change = plan.take()) {
      expected.push(`${change.time} ${scenario.instruments[change.instrument].terms.symbol} enterPhase ${change.phase}`)
    }
    expect(expected.length).toBeGreaterThan(1)
    expect(phasesOf(out)).toEqual(expected)
  })
})
