import { pageHead } from '../report/html/page-head.js'
import { element, fragment, type Markup } from '../report/plot/markup.js'
import { isoTime } from '../../base/iso-time.js'
import { type Calibration, type InstrumentCalibration } from './calibrate.js'
import { configSnippet } from './config-snippet.js'
import { figures } from './figures.js'
import { kernelPlot, plotKey, PLOT_STYLE, resiliencyPlot, responsePlot, signaturePlot } from './plots.js'

/** A calibration as one page that needs nothing else. */
export function calibrationHtml(calibration: Calibration): string {
  const { instruments, day, seed } = calibration
  const title = `Calibration ${instruments.map(({ instrument }) => instrument.symbol).join(', ')}`
  const page = fragment(
    pageHead(title, PLOT_STYLE),
    element(
      'body',
      {},
      element(
        'main',
        {},
        element('h1', {}, title),
        element(
          'p',
          { class: 'when' },
          `What the models of refill and price reaction need, measured on a tape. A trading day has ${day / 3.6e12} h. ` +
            `Intervals hold the truth in 95 of 100 tapes, as far as the bootstrap tells (seed ${seed}).`
        ),
        instruments.map((each) => section(each, calibration)),
        element('h2', {}, 'For venue.yaml'),
        element('pre', {}, configSnippet(calibration))
      )
    )
  )
  return `<!doctype html>\n<html lang="en">\n${page.markup}\n</html>\n`
}

function section(each: InstrumentCalibration, { epoch }: Calibration): Markup {
  const { instrument, start, end, trades, resiliency, propagator } = each
  const rows = figures(each).map(({ name, value, interval, note }) =>
    element(
      'tr',
      {},
      element('td', { class: 'word' }, name),
      element('td', {}, value),
      element('td', {}, interval),
      element('td', { class: 'word' }, note)
    )
  )
  return fragment(
    element(
      'h2',
      {},
      instrument.symbol,
      element(
        'small',
        {},
        `${isoTime(start, epoch).slice(0, 19).replace('T', ' ')} to ${isoTime(end, epoch).slice(11, 19)} UTC, ${trades} trades`
      )
    ),
    element(
      'div',
      { class: 'card' },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ['', 'estimate', '95 % interval', ''].map((head, i) =>
              element('th', { class: i === 0 || i === 3 ? 'word' : undefined }, head)
            )
          )
        ),
        element('tbody', {}, rows)
      ),
      element(
        'div',
        { class: 'pictures' },
        element(
          'div',
          {},
          element('h3', {}, 'Volatility a day by sampling interval'),
          plotKey(['measured', 'measured; the bar is the interval of the estimate']),
          signaturePlot(each)
        ),
        resiliency &&
          element(
            'div',
            {},
            element('h3', {}, 'Swept prices that are still missing'),
            plotKey(['measured', 'measured (Kaplan-Meier)'], ['fitted', 'fit: 1 - r + r 2^(-t/h)']),
            resiliencyPlot(resiliency, instrument.symbol)
          ),
        propagator &&
          element(
            'div',
            {},
            element('h3', {}, 'Impact of a mean trade'),
            plotKey(['measured', 'regressed, with intervals'], ['fitted', 'fit: G0 (1 + (l/l0)²)^(-β/2)']),
            kernelPlot(propagator, each)
          ),
        propagator &&
          element(
            'div',
            {},
            element('h3', {}, 'Response and persistence'),
            plotKey(
              ['measured', 'mean move of the mid in the trade’s direction'],
              ['persistence', 'correlation of signed volume, 0 to 1']
            ),
            responsePlot(propagator, each)
          )
      )
    )
  )
}
