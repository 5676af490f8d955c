import { closeSync, createReadStream, existsSync, fstatSync, openSync, readSync, type ReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { UserError } from '../../base/user-error.js'

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packedSize: number
  /** Where its local header begins. */
  readonly offset: number
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const END_LENGTH = 22
const LOCATOR_LENGTH = 20
const MOST_COMMENT = 65_535
const STORED = 0
const DEFLATED = 8
const IN_EXTRA = 0xffffffff
const DELIVERY_NOTES = ['metadata.json', 'manifest.json', 'symbology.json', 'condition.json']
/** Separates an archive from its entry: `day.zip#trades.csv`. */
const SEPARATOR = '#'

/** An archive's path and the entry that is meant; undefined for a path of no entry. An archive may have any name. */
export function splitEntry(path: string): readonly [archive: string, entry: string | undefined] {
  if (existsSync(path)) return [path, undefined]
  for (let at = path.indexOf(SEPARATOR); at >= 0; at = path.indexOf(SEPARATOR, at + 1)) {
    const archive = path.slice(0, at)
    if (existsSync(archive)) return [archive, path.slice(at + 1)]
  }
  return [path, undefined]
}

/** Paths of the files in an archive, by which they can be opened. */
export function entryPaths(archive: string): string[] {
  return listZip(archive).map(({ name }) => `${archive}${SEPARATOR}${name}`)
}

/** The files in an archive, as its directory lists them (APPNOTE 4.3; with zip64). @throws UserError */
export function listZip(path: string): ZipEntry[] {
  const fd = openSync(path, 'r')
  try {
    const { size } = fstatSync(fd)
    const tail = readAt(fd, Math.max(0, size - END_LENGTH - MOST_COMMENT - LOCATOR_LENGTH), size)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
    if (end < 0 || tail.readUInt32LE(end) !== END) throw damaged(path, 'it has no directory; it may be cut')
    let entries = tail.readUInt16LE(end + 10)
    let length = tail.readUInt32LE(end + 12)
    let at = tail.readUInt32LE(end + 16)
    const locator = end - LOCATOR_LENGTH
    if (locator >= 0 && tail.readUInt32LE(locator) === LOCATOR64) {
      const end64 = readAt(fd, Number(tail.readBigUInt64LE(locator + 8)), size, 56)
      if (end64.length < 56 || end64.readUInt32LE(0) !== END64) throw damaged(path, 'its directory cannot be read')
      entries = Number(end64.readBigUInt64LE(32))
      length = Number(end64.readBigUInt64LE(40))
      at = Number(end64.readBigUInt64LE(48))
    }
    return readDirectory(readAt(fd, at, size, length), entries, path)
  } finally {
    closeSync(fd)
  }
}

export interface OpenedEntry {
  readonly file: ReadStream
  /** The entry itself. */
  readonly stream: Readable
  readonly name: string
}

/** Opens one file of an archive. */
export function openZipEntry(path: string, wanted: string | undefined): OpenedEntry {
  const entries = listZip(path)
  const entry = wanted === undefined ? entries[0] : entries.find(({ name }) => name === wanted)
  if (entry === undefined) throw damaged(path, wanted === undefined ? 'it is empty' : `it has no file ${wanted}`)
  const fd = openSync(path, 'r')
  const local = readAt(fd, entry.offset, Number.MAX_SAFE_INTEGER, 30)
  closeSync(fd)
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) throw damaged(path, `${entry.name} cannot be read`)
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  if (entry.packedSize === 0) throw damaged(path, `${entry.name} is empty`)
  const options = { start, end: start + entry.packedSize - 1, highWaterMark: 1 << 18 }
  const file = createReadStream(path, options)
  if (entry.method === STORED) return { file, stream: file, name: entry.name }
  if (entry.method !== DEFLATED) throw damaged(path, `${entry.name} is packed by method ${entry.method}, not deflate`)
  return { file, stream: pipeline(file, createInflateRaw({ chunkSize: 1 << 18 }), () => undefined), name: entry.name }
}

function readDirectory(bytes: Buffer, count: number, path: string): ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = 0, n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged(path, 'its directory is cut')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
    const name = bytes.toString('utf8', at + 46, nameEnd)
    let packedSize = bytes.readUInt32LE(at + 20)
    let offset = bytes.readUInt32LE(at + 42)
    const large = [bytes.readUInt32LE(at + 24), packedSize, offset].map((value) => value === IN_EXTRA)
    if (large.includes(true)) {
      const values = readZip64(bytes, nameEnd, extraEnd)
      const [, packed, where] = large.map((isLarge) => (isLarge ? values.shift() : undefined))
      packedSize = packed ?? packedSize
      offset = where ?? offset
    }
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) !== 0
    if (encrypted) throw damaged(path, `${name} is encrypted`)
    if (isData(name)) entries.push({ name, method: bytes.readUInt16LE(at + 10), packedSize, offset })
    at = extraEnd + bytes.readUInt16LE(at + 32)
  }
  return entries
}

/** The 64-bit numbers of a zip64 extra field, in their order. */
function readZip64(bytes: Buffer, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to;) {
    const length = bytes.readUInt16LE(at + 2)
    if (bytes.readUInt16LE(at) === 1) {
      return Array.from({ length: length >> 3 }, (_, n) => Number(bytes.readBigUInt64LE(at + 4 + 8 * n)))
    }
    at += 4 + length
  }
  return []
}

/** Directories, and what operating systems and Databento put beside files, are no data. */
function isData(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1)
  return base !== '' && !base.startsWith('.') && !name.startsWith('__MACOSX/') && !DELIVERY_NOTES.includes(base)
}

function readAt(fd: number, position: number, size: number, length = size - position): Buffer {
  const bytes = Buffer.alloc(Math.min(length, 1 << 30))
  return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, position))
}

function damaged(file: string, what: string): UserError {
  return new UserError(`cannot read the zip archive: ${what}`, { file })
}
