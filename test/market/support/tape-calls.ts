import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { RecordingSink, saidBy } from './recording-sink.js'

/** The calls of a tape as text: "time instrument name arguments"; one instrument is not said. */
export function tapeCalls(tape: string): string[] {
  const sink = new RecordingSink()
  const source = openTapes([tape])
  source.advance(source.end!, sink)
  const many = source.instruments.length > 1
  return sink.calls.map((call) => {
    const [name, time, no] = call
    return [time, ...(many ? [source.instruments[no].symbol] : []), name, ...saidBy(call)].join(' ')
  })
}
