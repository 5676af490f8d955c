import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import pc from 'picocolors'
import { UserError } from '../base/user-error.js'
import { htmlReport } from '../analysis/report/html.js'
import { textReport } from '../analysis/report/text.js'
import { removeJournal } from '../journal/remove-journal.js'
import { DEMO_ORDER, DEMO_SPEED, runDemo } from '../venue/demo/demo.js'
import { LineFile } from './line-file.js'
import { createLogger } from './logger.js'
import { progressBar } from './progress-bar.js'
import { analyseJournal } from './run-tca.js'

/** Runs the demo and tells what it does; the report is a table here and a page with pictures in `out`. */
export async function runDemoCommand(journal: string, out: string): Promise<void> {
  const page = openPage(out)
  removeJournal(journal)
  const { side, quantity, symbol, slices, interval } = DEMO_ORDER
  const minutes = Math.round((slices * interval * DEMO_SPEED) / 60_000)
  const say = (text: string): boolean => process.stdout.write(`${text}\n`)
  const bar = progressBar('working', 0, slices)
  await runDemo(journal, await createLogger('warn'), {
    listening: (host, port) =>
      say(`Venue: FIX 4.4 acceptor listening on ${host}:${port}, a synthetic market of five symbols`),
    loggedOn: () =>
      say(
        `OMS: logged on over TCP; ${side === '1' ? 'buys' : 'sells'} ${quantity} ${symbol} by TWAP in ${slices} slices ` +
          `over ${minutes} minutes of venue time, ${DEMO_SPEED} times as fast as the clock`
      ),
    progress(slice, executed) {
      bar.update(slice)
      if (!process.stderr.isTTY) say(`OMS: slice ${slice} of ${slices}, ${executed} of ${quantity} executed`)
    }
  })
  bar.stop()
  const tca = analyseJournal(journal, 'peak')
  say(`\n${textReport(tca, { color: pc.isColorSupported })}`)
  for (const piece of htmlReport(tca)) page.append(piece)
  page.close()
  say(`Report with pictures: ${pathToFileURL(resolve(out)).href}`)
  say(
    `Recording:            ${journal}   (paperpit tca ${journal} --parent-quantity peak, paperpit journal info ${journal})`
  )
}

/** The file of the report, with its directory: before the demo runs, so that it does not run for nothing. */
function openPage(out: string): LineFile {
  try {
    mkdirSync(dirname(out), { recursive: true })
  } catch (cause) {
    throw new UserError(`cannot be written: ${(cause as Error).message}`, { file: out }, { cause })
  }
  return new LineFile(out)
}
