import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DAY, epochOf, LAST_TIME, nanos } from '../../../src/base/time.js'
import { UserError } from '../../../src/base/user-error.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import { mergeTapes } from '../../../src/market/merge/merge-tapes.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { fileHash } from '../../../src/market/tape/file-hash.js'
import { DEFAULT_CONFIG, type VenueConfig } from '../../../src/venue/config/venue-config.js'
import { serve } from '../../../src/venue/serve/serve.js'
import { temporaryDirectory } from '../../market/support/temporary.js'

const FRIDAY = 1_715_299_200
const TERMS = { symbol: 'ACME', tickSize: '0.01', lotSize: '1', feed: 'l2' } as const
const SILENT = pino({ level: 'silent' })
const temporary = temporaryDirectory()

function tape(name: string, day: number, ...times: readonly number[]): string {
  const path = temporary(name)
  const out = new TapeWriter(
    path,
    { instruments: [TERMS], source: '-', timeZone: 'UTC', createdFrom: [] },
    FRIDAY + day * 86_400
  )
  for (const time of times) {
    out.level(nanos(time), instrumentNo(0), BUY, price(100), quantity(1))
    out.eventEnd()
  }
  out.close()
  return path
}

describe('tapes', () => {
  it('of 104 days are exact to the nanosecond', () => {
    const path = tape('whole.arrow', 0, 1, LAST_TIME - 1, LAST_TIME)
    const market = openTapes([path])
    expect([market.start, market.end]).toEqual([1, LAST_TIME])
    expect(new TapeFile(path).span()).toEqual([1, LAST_TIME])
  })

  it('are not written any longer', () => {
    expect(() => tape('long.arrow', 0, 1, LAST_TIME + 1)).toThrow(
      'long.arrow row 2 is more than 104 days after 2024-05-10; expected 104 days at most'
    )
  })

  it('that span more together are refused before anything is replayed or merged', () => {
    const paths = [tape('first.arrow', 0, 5), tape('second.arrow', 103, 5), tape('third.arrow', 104, 1)]
    expect(openTapes(paths.slice(0, 2)).end).toBe(103 * DAY + 5)
    const refused = 'the tape ends on 2024-08-22, more than 104 days after 2024-05-10, which is the first day'
    expect(() => openTapes(paths)).toThrow(refused)
    expect(() => mergeTapes(paths, temporary('merged.arrow'))).toThrow(refused)
  })
})

describe('a session', () => {
  afterEach(() => void vi.useRealTimers())

  /** A journal that was begun so many days ago, by the computer's clock. */
  function begun(name: string, daysAgo: number): VenueConfig {
    const files = [tape(`${name}.arrow`, 0, 1, 2, 3)]
    const epoch = epochOf(Date.now()) - daysAgo * 86_400
    const path = temporary(`${name}.db`)
    const market = { kind: 'tape', files: files.map((file) => ({ path: file, sha256: fileHash(file) })) } as const
    const { models } = DEFAULT_CONFIG
    const instruments = [instrument(instrumentNo(0), TERMS)]
    const journal = openJournal(path, { epoch: FRIDAY, wallEpoch: epoch, instruments, models, market })
    journal.beginRun({ startedAt: nanos(1), venueTime: nanos(1), marketShift: 0, version: 'test' })
    journal.close(nanos(2), nanos(1))
    return {
      ...DEFAULT_CONFIG,
      fix: { ...DEFAULT_CONFIG.fix, port: 0 },
      market: { kind: 'tape', files },
      journal: { path }
    }
  }

  it('that began 104 days ago is not continued', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 30, 12) })
    await expect(serve(begun('old', 104), SILENT, () => undefined)).rejects.toThrow(
      'old.db the session began on 2026-08-18 and lasts 104 days at most; expected another journal (--journal), which begins anew'
    )
  })

  it('that comes to its end while it is served ends with a sentence', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 30, 23, 59, 59, 990) })
    const error = await new Promise<Error>((ended) => {
      void serve(begun('ending', 103), SILENT, ended).then((venue) => setTimeout(() => void venue.close(), 1000))
    })
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toContain('the session began on 2026-08-19 and lasts 104 days at most')
  })
})
