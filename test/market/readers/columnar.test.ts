import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PHASES, type Phase } from '../../../src/exchange/phase.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { LatencySink, RecordingSink } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()

function fixture(name: string): string {
  return new URL(`./columnar/${name}`, import.meta.url).pathname
}

const START = 52_200_000_000_000
const TOLD = [
  ['add', START + 1000, 0, 1, 1, 1_000_000, 100],
  ['eventEnd', START + 1000, 0],
  ['add', START + 2000, 0, 2, -1, 1_000_100, 50],
  ['eventEnd', START + 2000, 0],
  ['level', START + 2000, 1, 1, 1000, 1500],
  ['eventEnd', START + 2000, 1],
  ['execute', START + 3000, 0, 2, -1, 1_000_100, 20],
  ['hiddenTrade', START + 3000, 0, 0, 1_000_050, 5],
  ['eventEnd', START + 3000, 0],
  ['remove', START + 4000, 0, 1],
  ['eventEnd', START + 4000, 0]
]

async function failure(path: string): Promise<string> {
  return importFiles([path], temporary('x.arrow'), undefined).then(
    () => 'no failure',
    (error: Error) => error.message
  )
}

describe('the tape’s own columns', () => {
  // pandas: snappy, two row groups; polars: zstd, text as views; DuckDB: microseconds. See columnar/make-fixtures.py.
  it.each([
    ['pandas.parquet', 'parquet'],
    ['polars.parquet', 'parquet'],
    ['duckdb.parquet', 'parquet'],
    ['polars.arrow', 'arrow'],
    ['polars-lz4.arrow', 'arrow'],
    ['polars-zstd.arrow', 'arrow']
  ])('are read as %s wrote them', async (name, format) => {
    const out = temporary('out.arrow')
    const summary = await importFiles([fixture(name)], out, undefined)
    const source = openTapes([out])
    const sink = new RecordingSink()
    source.advance(source.end!, sink)
    expect([summary.format, summary.rows, summary.events, sink.calls]).toEqual([format, 6, 5, TOLD])
  })

  // pyarrow: two rows in each row group or record batch, and record batches of none; Arrow: dictionaries by 64-bit indices.
  it.each(['feed.parquet', 'feed.arrow', 'feed-zstd.arrow'])(
    'with phases and the exchange’s own times are read from %s',
    async (name) => {
      const out = temporary('feed.arrow')
      await importFiles([fixture(name)], out, undefined)
      const source = openTapes([out])
      const sink = new LatencySink()
      source.advance(source.end!, sink)
      const phase = (to: Phase): number => PHASES.indexOf(to)
      const at = (ms: number): number => START + ms * 1e6
      expect(sink.calls.filter(([call]) => call !== 'eventEnd')).toEqual([
        ['feedLatency', at(1), 0, 600_000],
        ['enterPhase', at(1), 0, phase('preOpen')],
        ['level', at(2), 0, 1, 10_000, 100],
        ['feedLatency', at(3), 0, 99_999],
        ['enterPhase', at(3), 0, phase('continuous')],
        ['trade', at(3), 0, -1, 10_000, 5],
        // It did not happen after it was received: the clocks differ.
        ['feedLatency', at(4), 0, 0],
        ['enterPhase', at(4), 0, phase('halt')]
      ])
    }
  )

  it('need metadata, in the file or beside it', async () => {
    const path = temporary('bare.parquet')
    const bytes = readFileSync(fixture('pandas.parquet'))
    writeFileSync(path, Buffer.from(bytes.toString('latin1').replaceAll('paperpit.tape', 'paperpit.none'), 'latin1'))
    expect(await failure(path)).toBe(
      `${path} tape metadata: expected the file's key "paperpit.tape", or the same JSON in ${path}.json`
    )
    copyFileSync(fixture('polars.arrow.json'), `${path}.json`)
    expect(await failure(path)).toBe('no failure')
  })

  it('must be whole', async () => {
    const path = temporary('cut.parquet')
    copyFileSync(fixture('pandas.parquet'), path)
    truncateSync(path, 3000)
    expect(await failure(path)).toContain('the Parquet file cannot be read')
  })
})
