import { basename } from 'node:path'
import { fileHash } from '../tape/file-hash.js'
import type { TapeMetadata } from '../tape/tape-metadata.js'
import { splitEntry } from './zip.js'

/** What a tape says of the files that it was made of: an archive is one file, however many of its files were read. */
export function sourcesOf(paths: readonly string[]): TapeMetadata['createdFrom'] {
  const onDisk = new Set(paths.map((path) => splitEntry(path)[0]))
  return [...onDisk].map((path) => ({ file: basename(path), sha256: fileHash(path) }))
}
