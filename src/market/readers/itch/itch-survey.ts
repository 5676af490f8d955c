import type { ImportOptions } from '../import-options.js'
import type { ItchReader } from './itch-reader.js'
import * as message from './message.js'

const LOCATES = 65_536
const SYMBOL_LENGTH = 8
/** 0.01 of a dollar, at four decimals. */
const CENT = 100
/** Shares quote in 1/10,000 below a dollar: a stock does, where more than this part of its orders is off the cent. */
const MOSTLY = 0.01

/**
 * A first pass over the file: which stocks there are, which of them have orders or trades, and whether they quote in cents.
 * A tape lists its instruments before its first row, and the directory of a file may go on all day.
 */
export class ItchSurvey {
  readonly #symbols = new Map<number, string>()
  readonly #orders = new Uint32Array(LOCATES)
  readonly #offCent = new Uint32Array(LOCATES)
  readonly #active = new Uint8Array(LOCATES)
  messages = 0

  async read(reader: ItchReader, onMore: () => void): Promise<void> {
    for (;;) {
      while (reader.next()) this.#see(reader)
      onMore()
      if (!(await reader.more())) break
      this.#see(reader)
    }
    this.messages = reader.count
  }

  /** Stocks by their locate code, in the order of the code; those that have orders or trades, or those asked for. */
  stocks(asked: readonly string[] | undefined): (readonly [locate: number, symbol: string])[] {
    const listed = [...this.#symbols].sort(([a], [b]) => a - b)
    return listed.filter(([locate, symbol]) => (asked ? asked.includes(symbol) : this.#active[locate] === 1))
  }

  get symbols(): string[] {
    return [...this.#symbols.values()]
  }

  /** The tick by the rule for US shares (Rule 612). */
  tickOf(locate: number, { tick }: ImportOptions): string {
    return tick ?? (this.#offCent[locate] > MOSTLY * this.#orders[locate] ? '0.0001' : '0.01')
  }

  #see(reader: ItchReader): void {
    switch (reader.type) {
      case message.ADD_ORDER:
      case message.ADD_ORDER_WITH_MPID: {
        const { view, at } = reader
        const locate = view.getUint16(at + message.LOCATE)
        this.#orders[locate]++
        if (view.getUint32(at + message.PRICE) % CENT !== 0) this.#offCent[locate]++
        this.#name(reader, locate, message.ORDER_STOCK)
        break
      }
      case message.TRADE:
        this.#name(reader, reader.view.getUint16(reader.at + message.LOCATE), message.ORDER_STOCK)
        break
      case message.CROSS_TRADE:
        if (reader.view.getUint32(reader.at + message.CROSS_PRICE) > 0) {
          this.#name(reader, reader.view.getUint16(reader.at + message.LOCATE), message.CROSS_STOCK)
        }
        break
      case message.STOCK_DIRECTORY:
        this.#symbols.set(reader.view.getUint16(reader.at + message.LOCATE), reader.text(message.STOCK, SYMBOL_LENGTH))
    }
  }

  /** A stock that has orders or trades; a file cut out of a day may lack its directory, but they name it, too. */
  #name(reader: ItchReader, locate: number, offset: number): void {
    if (this.#active[locate] === 1) return
    this.#active[locate] = 1
    if (!this.#symbols.has(locate)) this.#symbols.set(locate, reader.text(offset, SYMBOL_LENGTH))
  }
}
