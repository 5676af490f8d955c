import { MINUTE, nanos } from '../../base/time.js'
import { TapeSource } from '../replay/tape-source.js'
import { fileHash } from '../tape/file-hash.js'
import { TapeFile } from '../tape/tape-file.js'
import { StatisticsSink, type TapeWatch } from './statistics-sink.js'
import { isoTime } from '../../base/iso-time.js'
import { instrumentReport, seconds, type TapeReport } from './tape-report.js'

/**
 * Replays a tape from end to end and says what is on it.
 * @param onProgress called now and then with the time reached, between the tape's start and end.
 * @param watching makes who watches the tape go by.
 * @throws UserError where the file is no tape, or one of its rows is wrong.
 */
export function describeTape(
  path: string,
  onProgress?: (time: number, start: number, end: number) => void,
  watching?: (tape: TapeFile) => TapeWatch
): TapeReport {
  const tape = new TapeFile(path)
  try {
    const [start, end] = tape.span()
    const source = new TapeSource(tape)
    const sink = new StatisticsSink(tape.instruments, watching?.(tape))
    for (let to: number = start; source.nextTime() !== undefined; to = Math.min(end, to + MINUTE)) {
      source.advance(nanos(to), sink)
      onProgress?.(to, start, end)
    }
    sink.end(nanos(end))
    return {
      file: path,
      sha256: fileHash(path),
      source: tape.metadata.source,
      timeZone: tape.metadata.timeZone,
      createdFrom: tape.metadata.createdFrom,
      rows: tape.rows,
      start: isoTime(start, tape.epoch),
      end: isoTime(end, tape.epoch),
      seconds: seconds(end - start),
      instruments: tape.instruments.map((each, no) => instrumentReport(each, sink.instruments[no], tape.epoch))
    }
  } finally {
    tape.close()
  }
}
