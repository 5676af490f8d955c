import { describe, expect, it } from 'vitest'
import { plus } from '../../src/analysis/exact.js'
import { readRecording } from '../../src/analysis/recording/read-recording.js'
import { analyseCosts } from '../../src/analysis/tca/tca.js'
import { openJournalReader } from '../../src/journal/open-journal-reader.js'
import { recordSession } from './support/recorded-session.js'

describe('costs of a journal that the venue wrote', () => {
  it.each([
    ['without latency', {}],
    ['with latency both ways', { inbound: 250_000, outbound: 400_000 }]
  ])('%s', (_name, latency) => {
    const session = recordSession({ parents: 6, slices: 4, seconds: 8, ...latency })
    const reader = openJournalReader(session.path)
    const tca = analyseCosts(readRecording(reader))
    reader.close()

    expect(tca.recording.fills.length).toBe(session.trades)
    expect(tca.parents).toBe(6)
    for (let row = 0; row < tca.parents; row++) {
      const { id, orders, benchmarks, shortfall, quantity, executed, spread, fills } = tca.parent(row)
      expect(id).toBe(`parent-${row + 1}`)
      expect(orders).toBe(4)
      expect(executed).toBeGreaterThan(0)
      expect(executed).toBeLessThanOrEqual(quantity)
      // Also the very first order of each instrument has a mid to be measured against.
      expect(benchmarks.decision).toBeGreaterThan(0)
      expect(benchmarks.arrival).toBeGreaterThan(0)
      expect(benchmarks.end).toBeGreaterThan(0)
      const { delay = 0, trading = 0, opportunity = 0, fees, total } = shortfall
      expect(plus(plus(delay, trading), plus(opportunity, fees))).toBe(total)
      expect(spread.fills).toBe(fills)
    }
  })
})
