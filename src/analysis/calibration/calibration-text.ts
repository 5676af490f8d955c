import { isoTime } from '../../base/iso-time.js'
import { type Calibration } from './calibrate.js'
import { configSnippet } from './config-snippet.js'
import { figures } from './figures.js'

/** A calibration as text: a table per instrument, then the part of venue.yaml. */
export function calibrationText(calibration: Calibration): string {
  const parts = calibration.instruments.map((each) => {
    const rows = figures(each).map(({ name, value, interval, note }) => [name, value, interval, note])
    const head = `${each.instrument.symbol}, ${isoTime(each.start, calibration.epoch).slice(0, 19)}Z to ${isoTime(each.end, calibration.epoch).slice(0, 19)}Z, ${each.trades} trades`
    return `${head}\n${table([['', 'estimate', '95 % interval', ''], ...rows])}`
  })
  const days = `A day has ${calibration.day / 3.6e12} h. Intervals: bootstrap, seed ${calibration.seed}.`
  return `${parts.join('\n\n')}\n\n${days}\n\n${configSnippet(calibration)}`
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 1 || i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
