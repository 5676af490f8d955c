import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { failure, imported, type Asked } from '../support/imported.js'
import { skippableZstd, storedZstd } from '../support/stored-zstd.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()

const HEAD = 'time,symbol,bid,bidsize,ask,asksize\n'
const row = (n: number): string =>
  `${1723075200000 + n},A,${(1000 + (n % 7)) / 100},${100 + n},10.10,${(n * 7919) % 997}\n`
const rows = (from: number, to: number): string => Array.from({ length: to - from }, (_, n) => row(from + n)).join('')
const ROWS = 20_000
const TEXT = Buffer.from(HEAD + rows(0, ROWS))

const events = async (bytes: Buffer, options: Asked = {}): Promise<number> =>
  (await imported(temporary, { 'data.bin': bytes }, options)).summary.events

describe('a file under a name that says nothing', () => {
  const half = TEXT.indexOf('\n', TEXT.length / 2)
  it.each([
    ['gz', gzipSync(TEXT)],
    ['gz of several members', Buffer.concat([gzipSync(TEXT.subarray(0, half)), gzipSync(TEXT.subarray(half))])],
    ['zstd', storedZstd(TEXT)],
    [
      'zstd of several frames, some to be passed over',
      Buffer.concat([
        skippableZstd(Buffer.from('x')),
        storedZstd(TEXT.subarray(0, 1000)),
        skippableZstd(Buffer.alloc(0)),
        storedZstd(TEXT.subarray(1000))
      ])
    ],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), TEXT])],
    ['CRLF', Buffer.from(TEXT.toString().replaceAll('\n', '\r\n'))],
    ['no line end at its end', TEXT.subarray(0, -1)]
  ])('is read: %s', async (_, bytes) => {
    expect(await events(bytes)).toBe(ROWS)
  })

  const magic = (hex: string): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64)])
  const tar = Buffer.alloc(1024)
  tar.write('quotes.csv')
  tar.write('ustar', 257)
  it.each([
    [magic('fd377a585a0000'), 'is packed by xz'],
    [magic('425a6839314159265359'), 'is packed by bzip2'],
    [magic('377abcaf271c'), 'is packed by 7z'],
    [magic('04224d18'), 'is packed by lz4'],
    [tar, 'is a tar archive'],
    [gzipSync(tar), 'is a tar archive'],
    [Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'is UTF-16 text'],
    [Buffer.from(TEXT.toString(), 'utf16le'), 'is UTF-16 text'],
    [Buffer.from(TEXT.toString().replaceAll('\n', '\r')), 'has lines that end with CR alone'],
    [Buffer.from('<!DOCTYPE html>\n<html>'), 'is a web page'],
    [Buffer.from(HEAD), 'the format is not known: there is one line alone, "time,symbol,'],
    [Buffer.from('a,b\n1,2\n'), 'the format is not known: the first line is "a,b"'],
    [Buffer.alloc(100), 'the format is not known: binary, beginning with 0000000000000000'],
    [Buffer.alloc(0), 'the file is empty'],
    [gzipSync(''), 'the file is empty']
  ])('is refused by what it is: %#', async (bytes, problem) => {
    expect(await failure(temporary, { 'data.bin': bytes })).toContain(`data.bin ${problem}`)
  })
})

describe('a packed file that breaks off', () => {
  const gz = gzipSync(TEXT)
  const zst = storedZstd(TEXT)
  it.each([
    ['gz', gz.subarray(0, gz.length >> 1)],
    ['gz without its sum', gz.subarray(0, gz.length - 8)],
    ['zstd', zst.subarray(0, 250_000)],
    ['gz, small', gz.subarray(0, 2000)]
  ])('stops the import at a line, or gives what came before: %s', async (_, bytes) => {
    expect(await failure(temporary, { 'data.bin': bytes })).toMatch(
      /^data\.bin:\d+:\d+ cannot read: unexpected .*; the file may be cut or damaged \(--on-error/i
    )
    const { summary } = await imported(temporary, { 'data.bin': bytes }, { onError: 'skip' })
    expect(summary.counts.truncated).toBe(1)
    expect(summary.events).toBeGreaterThan(10)
    // However the pieces came: nothing is left to chance.
    expect(await events(bytes, { onError: 'skip' })).toBe(summary.events)
  })

  it('ends a recording of JSON in the same way', async () => {
    const lines = Array.from({ length: 5000 }, (_, n) =>
      JSON.stringify({
        e: 'trade',
        E: 1723075200000 + n,
        s: 'X',
        t: n,
        p: '1.5',
        q: String((n * 7919) % 997 || 1),
        T: 1723075200000 + n,
        m: false
      })
    )
    const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''))
    const cut = bytes.subarray(0, bytes.length - 1000)
    expect(await failure(temporary, { 'data.bin': cut })).toMatch(
      /^data\.bin:\d+:1 cannot read: unexpected end of file/
    )
    const { summary } = await imported(temporary, { 'data.bin': cut }, { onError: 'repair' })
    expect(summary.counts).toMatchObject({ truncated: 1 })
    expect(summary.events).toBeGreaterThan(4000)
  })
})

it('a row that is cut by the end of the file is a truncated file', async () => {
  const cut = Buffer.from(`${HEAD}${rows(0, 3)}1723075200003,A,10`)
  expect(await failure(temporary, { 'q.csv': cut })).toBe(
    'q.csv:5:17 the file ends inside a row: expected at least 6 columns, got 3 (--on-error skip or repair goes on)'
  )
  const { summary } = await imported(temporary, { 'q.csv': cut }, { onError: 'skip' })
  expect([summary.events, summary.counts.truncated]).toEqual([3, 1])
})

it('a pipe is no file: an import reads twice', async () => {
  execFileSync('mkfifo', [temporary('pipe')])
  await expect(importFiles([temporary('pipe')], temporary('out.arrow'), undefined)).rejects.toThrow(
    'is a pipe or device; an import reads files more than once: write it to a file first'
  )
})
