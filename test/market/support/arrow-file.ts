import { writeFileSync } from 'node:fs'
import { Field, RecordBatch, Schema, Struct, Table, tableToIPC, makeData, type Vector } from 'apache-arrow'
import { METADATA_KEY } from '../../../src/market/tape/tape-metadata.js'

/** Metadata of a tape of one stock, as a person would write it. */
export const METADATA = {
  schemaVersion: 1,
  instruments: [{ symbol: 'XYZ', tickSize: '0.01', lotSize: '1', priceScale: 4, feed: 'l3' }]
}

/** Writes columns as an Arrow IPC stream or file, as another program than ours would. `metadata` null: none. */
export function writeArrow(
  path: string,
  columns: Readonly<Record<string, Vector>>,
  metadata: unknown = METADATA,
  kind: 'stream' | 'file' = 'stream'
): void {
  const names = Object.keys(columns)
  const fields = names.map((name) => new Field(name, columns[name].type, true))
  const entries = metadata === null ? [] : [[METADATA_KEY, JSON.stringify(metadata)] as const]
  const schema = new Schema(fields, new Map(entries))
  const length = columns[names[0]].length
  const children = names.map((name) => columns[name].data[0])
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children }))
  writeFileSync(path, tableToIPC(new Table(schema, [batch]), kind))
}
