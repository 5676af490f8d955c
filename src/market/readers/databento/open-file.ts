import type { EpochSeconds } from '../../../base/time.js'
import { ByteChunks } from '../byte-chunks.js'
import type { Faults } from '../faults.js'
import { CsvReader } from './csv-reader.js'
import type { DataFile } from './data-file.js'
import { DbnReader } from './dbn-reader.js'
import type { Content } from './record.js'

/** Opens a Databento file, binary or CSV, before its first record. @throws UserError where it is none. */
export async function openFile(path: string, faults: Faults): Promise<DataFile> {
  const file = (await isBinary(path)) ? await DbnReader.open(path, faults) : await CsvReader.open(path, faults)
  faults.place = file
  return file
}

async function isBinary(path: string): Promise<boolean> {
  let head = ''
  for await (const piece of new ByteChunks(path)) {
    head += piece.toString('latin1', 0, 3)
    if (head.length >= 3) break
  }
  return head.startsWith('DBN')
}

/** What is told of a file by its head and its first record. */
export interface FileFacts {
  readonly path: string
  readonly content: Content | undefined
  readonly dataset: string
  readonly mappings: DataFile['mappings']
  readonly epoch: EpochSeconds
  /** Time of the first record since `epoch`, which is the midnight before it. */
  readonly start: number
  readonly size: number
}

/** What a file of several schemas is read for, most first. */
const MOST_FIRST: readonly Content[] = ['mbo', 'mbp-10', 'mbp-1', 'bbo', 'trades', 'ohlcv', 'status', 'definition']

/**
 * Looks at a file up to its first record of market data; at one of several schemas to its end, as what tells most may come late.
 * @param wanted whether a file of several schemas may be read for a content
 */
export async function factsOf(path: string, faults: Faults, wanted: (content: Content) => boolean): Promise<FileFacts> {
  const file = await openFile(path, faults)
  const { content } = file
  const held = new Set<Content>()
  let start = Number.POSITIVE_INFINITY
  while (file.next() || (await file.more())) {
    const { record } = file
    if (record.content === undefined) continue
    held.add(record.content)
    if (start === Number.POSITIVE_INFINITY && !isBeside(record.content)) start = record.receiveTime
    if (content !== undefined) break
  }
  const { dataset, mappings, epoch, size } = file
  await file.close()
  const most = MOST_FIRST.find((each) => held.has(each) && (isBeside(each) || wanted(each)))
  return { path, content: content ?? most, dataset, mappings, epoch, start, size }
}

/** Whether records describe the market rather than being it. */
export function isBeside(content: Content): boolean {
  return content === 'definition' || content === 'status'
}
