import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tableFromIPC } from 'apache-arrow'
import { nanos } from '../../../../src/base/time.js'
import { seededRandom } from '../../../../src/base/random.js'
import { instrumentNo, price, quantity } from '../../../../src/exchange/units.js'
import { LiveRecorder, tailPath } from '../../../../src/market/live/recording/live-recorder.js'
import { recordedRuns, runTapePath } from '../../../../src/market/live/recording/recorded-runs.js'
import { repairRecording, unfinishedMetadata } from '../../../../src/market/live/recording/repair-recording.js'
import { TapeFile } from '../../../../src/market/tape/tape-file.js'
import type { TapeMetadata } from '../../../../src/market/tape/tape-metadata.js'
import { RecordingSink } from '../../support/recording-sink.js'
import { EPOCH } from '../support/feed-bench.js'

const METADATA: TapeMetadata = {
  instruments: [{ symbol: 'ACME', tickSize: '0.01', lotSize: '1' }],
  source: 'live: test',
  timeZone: 'UTC',
  createdFrom: []
}

/** What a sink was told, a line a fact; " end" where the event is over. */
function lines(sink: RecordingSink): string[] {
  const told: string[] = []
  for (const [name, time, , ...values] of sink.calls) {
    if (name === 'eventEnd') told[told.length - 1] += ' end'
    else told.push([time, name, ...values].join(' '))
  }
  return told
}

describe('the recording of a live market', () => {
  let directory: string
  let path: string

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'paperpit-live-'))
    path = runTapePath(directory, 1)
  })

  afterEach(() => rmSync(directory, { recursive: true }))

  /** Records `count` events of two rows, flushing now and then; what was flushed last is all. */
  function record(recorder: LiveRecorder, count: number, from = 0): string[] {
    const random = seededRandom(7, 'recording')
    const expected: string[] = []
    for (let i = from; i < from + count; i++) {
      const time = nanos(i * 1000)
      const at = price(10_000 + random.below(100))
      recorder.exchangeTime = i % 3 === 0 ? Number.NaN : i * 1000 - 500
      recorder.level(time, instrumentNo(0), i % 2 === 0 ? 1 : -1, at, quantity(i % 50))
      recorder.trade(time, instrumentNo(0), -1, at, quantity(1))
      recorder.eventEnd()
      expected.push(`${time} level ${i % 2 === 0 ? 1 : -1} ${at} ${i % 50}`, `${time} trade -1 ${at} 1 end`)
      if (random.below(40) === 0) recorder.flush()
    }
    recorder.flush()
    return expected
  }

  function rowsOf(tape: string): string[] {
    const sink = new RecordingSink()
    recordedRuns(directory, 1, EPOCH, METADATA.instruments)?.advance(nanos(Number.MAX_SAFE_INTEGER), sink)
    expect(existsSync(tape)).toBe(true)
    return lines(sink)
  }

  it('is a tape when it is closed, with the exchange’s time beside the time of receipt', () => {
    const recorder = new LiveRecorder(path, METADATA, EPOCH)
    const expected = record(recorder, 100)
    recorder.close()
    expect(rowsOf(path)).toEqual(expected)
    const table = tableFromIPC(readFileSync(path))
    const times = table.getChild('exchangeTime')
    expect([times?.get(0), times?.get(1)]).toEqual([null, null])
    expect(times?.data[0].values[2]).toBe(BigInt(EPOCH) * 1_000_000_000n + 500n)
    expect(existsSync(tailPath(path))).toBe(false)
  })

  it.each([10, 40_000, 140_000])('holds after a crash all that was flushed: %i events', (count) => {
    const expected = record(new LiveRecorder(path, METADATA, EPOCH), count)
    repairRecording(path, METADATA, EPOCH)
    expect(new TapeFile(path).rows).toBe(2 * count)
    expect(rowsOf(path)).toEqual(expected)
    expect(existsSync(`${path}.partial`) || existsSync(tailPath(path))).toBe(false)
  })

  it('leaves out a row that was torn by the crash', () => {
    const expected = record(new LiveRecorder(path, METADATA, EPOCH), 20)
    appendFileSync(tailPath(path), Buffer.alloc(11, 1))
    repairRecording(path, METADATA, EPOCH)
    expect(rowsOf(path)).toEqual(expected)
  })

  it('leaves out a record batch that was torn, as its rows are in the log still', () => {
    const recorder = new LiveRecorder(path, METADATA, EPOCH)
    const expected = record(recorder, 40_000)
    const whole = statSync(`${path}.partial`).size
    appendFileSync(`${path}.partial`, readFileSync(`${path}.partial`).subarray(0, 5000))
    truncateSync(`${path}.partial`, whole + 60)
    repairRecording(path, METADATA, EPOCH)
    expect(rowsOf(path)).toEqual(expected)
  })

  it('can be repaired again where a repair was interrupted, and is left alone once it is whole', () => {
    const expected = record(new LiveRecorder(path, METADATA, EPOCH), 50_000)
    const tail = readFileSync(tailPath(path))
    repairRecording(path, METADATA, EPOCH)
    // As if the process had ended between naming the tape and removing the log.
    appendFileSync(tailPath(path), tail)
    repairRecording(path, METADATA, EPOCH)
    expect(rowsOf(path)).toEqual(expected)
    repairRecording(path, METADATA, EPOCH)
    expect(rowsOf(path)).toEqual(expected)
  })

  it('says so where a recording is missing', () => {
    expect(() => repairRecording(path, METADATA, EPOCH)).toThrow(
      /run-1\.arrow this recording of the live market is missing/
    )
  })

  it('passes over a run that ended before its first fact was safe', () => {
    const second = new LiveRecorder(runTapePath(directory, 2), METADATA, EPOCH)
    new LiveRecorder(path, METADATA, EPOCH)
    const expected = record(second, 10)
    second.close()
    expect(unfinishedMetadata(path)).toEqual(METADATA)
    repairRecording(path, METADATA, EPOCH)
    expect(recordedRuns(directory, 1, EPOCH, METADATA.instruments)).toBeUndefined()
    const sink = new RecordingSink()
    recordedRuns(directory, 2, EPOCH, METADATA.instruments)?.advance(nanos(Number.MAX_SAFE_INTEGER), sink)
    expect(lines(sink)).toEqual(expected)
  })

  it('feeds the runs of a session one after the other', () => {
    const first = new LiveRecorder(path, METADATA, EPOCH)
    const second = new LiveRecorder(runTapePath(directory, 2), METADATA, EPOCH)
    const expected = [...record(first, 10), ...record(second, 10, 10)]
    first.close()
    second.close()
    const sink = new RecordingSink()
    recordedRuns(directory, 2, EPOCH, METADATA.instruments)?.advance(nanos(Number.MAX_SAFE_INTEGER), sink)
    expect(lines(sink)).toEqual(expected)
  })
})
