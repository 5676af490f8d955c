import { readSync } from 'node:fs'
import { Message, MessageHeader } from 'apache-arrow'
import { UserError } from '../../base/user-error.js'

/** One message of an Arrow IPC stream, as it lies in the file: prefix, metadata and body together. */
export interface ArrowMessage {
  readonly kind: 'schema' | 'dictionary' | 'batch'
  readonly offset: number
  /** Bytes of the whole message. */
  readonly length: number
  /** Rows of a record batch; 0 for other messages. */
  readonly rows: number
}

const CONTINUATION = -1
const FILE_MAGIC = 'ARROW1'
const KINDS: Partial<Record<MessageHeader, ArrowMessage['kind']>> = {
  [MessageHeader.Schema]: 'schema',
  [MessageHeader.DictionaryBatch]: 'dictionary',
  [MessageHeader.RecordBatch]: 'batch'
}

/**
 * Lists the messages of an Arrow IPC stream, or of the stream inside an Arrow IPC file (which pandas calls Feather), by
 * reading their heads only. The Arrow library stops in silence where a stream is cut between two messages; here the end
 * of stream marker, and every byte before it, must be there.
 * @throws UserError where the file is no Arrow data, or is cut.
 */
export function listMessages(fd: number, size: number, file: string): ArrowMessage[] {
  const head = readAt(fd, 0, Math.min(8, size))
  const isFile = head.toString('latin1', 0, FILE_MAGIC.length) === FILE_MAGIC
  if (!isFile && (head.length < 8 || head.readInt32LE(0) !== CONTINUATION)) {
    throw new UserError('not an Arrow IPC stream or file: expected a tape, as "paperpit tape import" writes it', {
      file
    })
  }
  const cut = (at: number, what: string): UserError =>
    new UserError(
      `the tape is cut: ${what} at byte ${at} of ${size}, after ${rowsOf(messages)} complete rows; expected an end of stream marker`,
      { file }
    )
  const messages: ArrowMessage[] = []
  for (let at = isFile ? 8 : 0; ;) {
    if (at + 8 > size) throw cut(at, at === size ? 'it ends' : 'a message head ends')
    const prefix = readAt(fd, at, 8)
    const metadataLength = prefix.readInt32LE(4)
    if (prefix.readInt32LE(0) !== CONTINUATION || metadataLength < 0) {
      throw new UserError(`damaged Arrow data: no message begins at byte ${at}`, { file })
    }
    if (metadataLength === 0) return messages
    if (at + 8 + metadataLength > size) throw cut(at, 'the metadata of a message ends')
    const message = decode(readAt(fd, at + 8, metadataLength), at, file)
    const kind = KINDS[message.headerType as MessageHeader]
    if (kind === undefined) throw new UserError(`damaged Arrow data: unexpected message at byte ${at}`, { file })
    const length = 8 + metadataLength + message.bodyLength
    if (at + length > size) throw cut(at, 'the body of a message ends')
    const rows = message.isRecordBatch() ? message.header().length : 0
    messages.push({ kind, offset: at, length, rows })
    at += length
  }
}

export function rowsOf(messages: readonly ArrowMessage[]): number {
  return messages.reduce((sum, { rows }) => sum + rows, 0)
}

/** Reads a whole message into memory of its own, which Arrow's vectors then point into. */
export function readMessage(fd: number, { offset, length }: ArrowMessage): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length;) {
    const n = readSync(fd, bytes, done, length - done, offset + done)
    if (n === 0)
      throw new Error(`the file shrank while it was read: ${length - done} bytes missing at ${offset + done}`)
    done += n
  }
  return bytes
}

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position))
}

function decode(metadata: Uint8Array, at: number, file: string): Message {
  try {
    return Message.decode(metadata)
  } catch {
    throw new UserError(`damaged Arrow data: the message at byte ${at} cannot be read`, { file })
  }
}
