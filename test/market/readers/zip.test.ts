import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { failure, imported } from '../support/imported.js'
import { storedZstd } from '../support/stored-zstd.js'
import { temporaryDirectory } from '../support/temporary.js'
import { zip } from '../support/zip-file.js'
import { ByteChunks } from '../../../src/market/readers/byte-chunks.js'

const temporary = temporaryDirectory()

const QUOTES = 'time,symbol,bid,bidsize,ask,asksize\n1723075200.001,A,1.00,5,1.01,6\n'
const TRADES = 'time,symbol,price,size\n1723075200.002,A,1.01,2\n'
const TOLD = ['1 quote 1 100 5', '1 quote -1 101 6', '1 eventEnd', '2 trade 1 101 2', '2 eventEnd']

describe('a zip archive', () => {
  it.each([{}, { stored: true }, { zip64: true }])('of several files is its files: %j', async (how) => {
    const archive = zip({ 'a/trades.csv': TRADES, '__MACOSX/a': 'x', 'a/': '', 'quotes.csv': QUOTES }, how)
    const { told } = await imported(temporary, { 'day.zip': archive })
    expect(told).toEqual(TOLD)
  })

  it('may have any name', async () => {
    const archive = zip({ 'quotes.csv': QUOTES, 'trades.csv': TRADES })
    expect((await imported(temporary, { 'DAY.ZIP': archive })).told).toEqual(TOLD)
    expect((await imported(temporary, { data: archive })).told).toEqual(TOLD)
  })

  it('may hold packed files, and notes of who delivered them', async () => {
    const archive = zip({
      'metadata.json': '{}',
      'quotes.csv.gz': gzipSync(QUOTES),
      'trades.csv.zst': storedZstd(Buffer.from(TRADES))
    })
    expect((await imported(temporary, { 'day.zip': archive })).told).toEqual(TOLD)
  })

  it('without files, or with an empty one, is refused', async () => {
    expect(await failure(temporary, { 'day.zip': zip({}) })).toBe('day.zip cannot read the zip archive: it is empty')
    expect(await failure(temporary, { 'day.zip': zip({ 'e.csv': '' }, { stored: true }) })).toBe(
      'day.zip cannot read the zip archive: e.csv is empty'
    )
  })

  it('of one file stands for it', async () => {
    const { told } = await imported(temporary, {
      'q.zip': zip({ 'quotes.csv': QUOTES }),
      't.zip': zip({ 'x.csv': TRADES })
    })
    expect(told).toEqual(TOLD)
  })

  it('names the file in what is wrong', async () => {
    const archive = zip({ 'quotes.csv': QUOTES, 'trades.csv': TRADES.replace('1.01', 'x') })
    expect(await failure(temporary, { 'day.zip': archive })).toContain(
      'day.zip#trades.csv:2:18 expected a price, got "x"'
    )
  })

  it('that is cut has no directory', async () => {
    const archive = zip({ 'quotes.csv': QUOTES })
    expect(await failure(temporary, { 'day.zip': archive.subarray(0, archive.length - 30) })).toBe(
      'day.zip cannot read the zip archive: it has no directory; it may be cut'
    )
  })

  it('that is damaged inside is found out', async () => {
    const archive = zip({ 'quotes.csv': QUOTES.repeat(50) })
    archive.fill(0xff, 45, 60)
    const path = temporary('damaged.zip')
    writeFileSync(path, archive)
    const read = async (): Promise<void> => {
      for await (const piece of new ByteChunks(path)) void piece
    }
    await expect(read()).rejects.toThrow('the file may be cut or damaged')
  })
})
