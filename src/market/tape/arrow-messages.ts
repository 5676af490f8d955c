import { readSync } from 'node:fs'
import { Message, MessageHeader } from 'apache-arrow'
import { Footer } from 'apache-arrow/ipc/metadata/file'
import { UserError } from '../../base/user-error.js'

/** One message of an Arrow IPC stream, as it lies in the file: prefix, metadata and body together. */
export interface ArrowMessage {
  readonly kind: 'schema' | 'dictionary' | 'batch'
  readonly offset: number
  /** Bytes of the whole message. */
  readonly length: number
  /** Rows of a record batch; 0 for other messages. */
  readonly rows: number
  /** The message itself, where it is not what the file holds at `offset`. */
  readonly bytes?: Uint8Array
}

const CONTINUATION = -1
/** Begins and ends an Arrow IPC file. */
const MAGIC = Buffer.from('ARROW1')
/** The length of the footer, and the magic word. */
const TRAILER = 4 + MAGIC.length
const KINDS: Partial<Record<MessageHeader, ArrowMessage['kind']>> = {
  [MessageHeader.Schema]: 'schema',
  [MessageHeader.DictionaryBatch]: 'dictionary',
  [MessageHeader.RecordBatch]: 'batch'
}

/**
 * Lists the messages of an Arrow IPC stream, or of an Arrow IPC file (which pandas calls Feather), by reading their heads
 * only.
 * @throws UserError where the file is no Arrow data, or is cut.
 */
export function listMessages(fd: number, size: number, file: string): ArrowMessage[] {
  const head = readAt(fd, 0, 8)
  if (head.subarray(0, MAGIC.length).equals(MAGIC)) return listByFooter(fd, size, file)
  if (head.length === 8 && head.readInt32LE(0) === CONTINUATION) return listStream(fd, size, file)
  throw new UserError('not an Arrow IPC stream or file: expected a tape, as "paperpit tape import" writes it', { file })
}

/**
 * The Arrow library stops in silence where a stream is cut between two messages. Here the end of stream marker, and every
 * byte before it, must be there.
 */
function listStream(fd: number, size: number, file: string): ArrowMessage[] {
  const messages: ArrowMessage[] = []
  const cut = (at: number, what: string): UserError => {
    const found = `${what} at byte ${at} of ${size}, after ${rowsOf(messages)} complete rows`
    return new UserError(`the tape is cut: ${found}; expected an end of stream marker`, { file })
  }
  for (let at = 0; ;) {
    if (at + 8 > size) throw cut(at, at === size ? 'it ends' : 'a message head ends')
    const prefix = readAt(fd, at, 8)
    const metadataLength = prefix.readInt32LE(4)
    if (prefix.readInt32LE(0) !== CONTINUATION || metadataLength < 0) {
      throw new UserError(`damaged Arrow data: no message begins at byte ${at}`, { file })
    }
    if (metadataLength === 0) return messages
    if (at + 8 + metadataLength > size) throw cut(at, 'the metadata of a message ends')
    const message = decode(readAt(fd, at + 8, metadataLength), at, file)
    const length = 8 + metadataLength + message.bodyLength
    if (at + length > size) throw cut(at, 'the body of a message ends')
    messages.push(describe(message, at, length, file))
    at += length
  }
}

/** A file's footer says where the messages are; what lies between them is up to the writer. */
function listByFooter(fd: number, size: number, file: string): ArrowMessage[] {
  const trailer = readAt(fd, Math.max(0, size - TRAILER), TRAILER)
  const footerLength = trailer.readInt32LE(0)
  if (!trailer.subarray(4).equals(MAGIC) || footerLength <= 0 || footerLength + TRAILER > size) {
    throw new UserError(`the tape is cut: an Arrow IPC file of ${size} bytes without its footer`, { file })
  }
  const footer = decodeFooter(readAt(fd, size - TRAILER - footerLength, footerLength), file)
  const schema = prefixed(Message.encode(Message.from(footer.schema)))
  const blocks = [...footer.dictionaryBatches(), ...footer.recordBatches()]
  return [
    { kind: 'schema', offset: 0, length: schema.length, rows: 0, bytes: schema },
    ...blocks.map(({ offset, metaDataLength, bodyLength }) => {
      const message = decode(readAt(fd, offset + 8, metaDataLength - 8), offset, file)
      return describe(message, offset, metaDataLength + bodyLength, file)
    })
  ]
}

function describe(message: Message, offset: number, length: number, file: string): ArrowMessage {
  const kind = KINDS[message.headerType as MessageHeader]
  if (kind === undefined) throw new UserError(`damaged Arrow data: unexpected message at byte ${offset}`, { file })
  return { kind, offset, length, rows: message.isRecordBatch() ? message.header().length : 0 }
}

/** Metadata as it stands in a stream: marker, length, and padding to 8 bytes. */
function prefixed(metadata: Uint8Array): Uint8Array {
  const length = Math.ceil(metadata.length / 8) * 8
  const bytes = Buffer.alloc(8 + length)
  bytes.writeInt32LE(CONTINUATION, 0)
  bytes.writeInt32LE(length, 4)
  bytes.set(metadata, 8)
  return bytes
}

export function rowsOf(messages: readonly ArrowMessage[]): number {
  return messages.reduce((sum, { rows }) => sum + rows, 0)
}

/** Reads a whole message into memory of its own, which Arrow's vectors then point into. */
export function readMessage(fd: number, { offset, length, bytes: given }: ArrowMessage): Uint8Array {
  if (given) return given
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

function decodeFooter(bytes: Uint8Array, file: string): Footer {
  try {
    return Footer.decode(bytes)
  } catch {
    throw new UserError('damaged Arrow data: the footer cannot be read', { file })
  }
}
