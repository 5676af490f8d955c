import { type Nanos } from '../../base/time.js'
import { type Routing } from '../wire/header-template.js'
import { type MessageWriter } from '../wire/message-writer.js'

/** A message that was written while it could not be sent: it is written again, field by field, when it can. */
export class RecordedMessage implements MessageWriter {
  readonly msgType: string
  readonly routing: Routing | undefined
  readonly #fields: ((out: MessageWriter) => void)[] = []

  constructor(msgType: string, routing: Routing | undefined) {
    this.msgType = msgType
    this.routing = routing
  }

  writeTo(out: MessageWriter): void {
    for (const write of this.#fields) write(out)
  }

  string(tag: number, value: string): this {
    return this.#add((out) => out.string(tag, value))
  }

  char(tag: number, code: number): this {
    return this.#add((out) => out.char(tag, code))
  }

  int(tag: number, value: number): this {
    return this.#add((out) => out.int(tag, value))
  }

  decimal(tag: number, value: number, scale: number, decimals: number): this {
    return this.#add((out) => out.decimal(tag, value, scale, decimals))
  }

  boolean(tag: number, value: boolean): this {
    return this.#add((out) => out.boolean(tag, value))
  }

  timestamp(tag: number, time: Nanos): this {
    return this.#add((out) => out.timestamp(tag, time))
  }

  #add(write: (out: MessageWriter) => void): this {
    this.#fields.push(write)
    return this
  }
}
