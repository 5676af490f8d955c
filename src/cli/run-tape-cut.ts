import { cutTape } from '../market/cut/cut-tape.js'
import { isoTime } from '../base/iso-time.js'
import { symbolList } from './symbol-list.js'

export interface TapeCutArguments {
  readonly file: string
  readonly out: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly symbols: string | undefined
  readonly json: boolean
}

/** Cuts the tape of the arguments and says what became of it. */
export function runTapeCut({ file, out, from, to, symbols, json }: TapeCutArguments): void {
  const cut = cutTape(file, out, { from, to, symbols: symbols === undefined ? undefined : symbolList(symbols) })
  const span = { start: isoTime(cut.start, cut.epoch), end: isoTime(cut.end, cut.epoch) }
  const told = json
    ? JSON.stringify({ out, rows: cut.rows, ...span })
    : `${out}: ${cut.rows} rows from ${span.start} to ${span.end}`
  process.stdout.write(`${told}\n`)
}
