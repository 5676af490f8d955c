import { type ExchangeEvent, type OrderState, type OrderTerms } from '../../../src/exchange/event.js'
import { formatPrice, formatQuantity, type Instrument } from '../../../src/exchange/instrument.js'
import { refusalText } from '../../../src/exchange/refusal.js'
import { type Price, type Quantity } from '../../../src/exchange/units.js'

/** An event as a sentence that a test can state: `trade o1 100 @ 100.01 removed, leaves 0`. */
export function eventLine(event: ExchangeEvent, instruments: readonly Instrument[]): string {
  switch (event.kind) {
    case 'new':
      return `new ${name(event.terms)}${ahead(event.terms, event.queueAhead, instruments)}`
    case 'trade': {
      const { terms, lastQty, lastPx, liquidity, leavesQty } = event
      const fill = `${qty(terms, lastQty, instruments)} @ ${px(terms, lastPx, instruments)} ${liquidity}`
      return `trade ${name(terms)} ${fill}, leaves ${qty(terms, leavesQty, instruments)}`
    }
    case 'canceled': {
      const why = event.reason ? `: ${refusalText(event.reason)}` : ''
      const by = event.clOrdId === undefined ? '' : ` by ${event.clOrdId}`
      return `canceled ${name(event.terms)}${by}${done(event.terms, event.cumQty, instruments)}${why}`
    }
    case 'expired':
      return `expired ${name(event.terms)}${done(event.terms, event.cumQty, instruments)}: ${refusalText(event.reason)}`
    case 'replaced': {
      const { terms, origClOrdId, cumQty, leavesQty, queueAhead } = event
      const order = `${qty(terms, terms.orderQty, instruments)} @ ${px(terms, terms.price, instruments)}`
      const rest = `${done(terms, cumQty, instruments)}, leaves ${qty(terms, leavesQty, instruments)}`
      const chain = `${origClOrdId} -> ${terms.clOrdId}`
      return `replaced ${name(terms)} ${chain}: ${order}${rest}${ahead(terms, queueAhead, instruments)}`
    }
    case 'restated': {
      const { terms, cause, cumQty, leavesQty, queueAhead } = event
      const pegged = terms.qualifiers?.peg?.price
      const at =
        terms.ordType === 'pegged'
          ? pegged === undefined
            ? 'nowhere'
            : px(terms, pegged, instruments)
          : px(terms, terms.price, instruments)
      const order = `${terms.ordType} ${qty(terms, terms.orderQty, instruments)} @ ${at}`
      const rest = `${done(terms, cumQty, instruments)}, leaves ${qty(terms, leavesQty, instruments)}`
      return `restated ${name(terms)} ${cause}: ${order}${rest}${ahead(terms, queueAhead, instruments)}`
    }
    case 'rejected': {
      const who = event.terms ? name(event.terms) : 'request'
      return `rejected ${who} ${event.clOrdId}: ${refusalText(event.refusal)}`
    }
    case 'requestRejected': {
      const of = event.order ? ` (${stateLine(event.order)})` : ''
      return `refused ${event.request} ${event.clOrdId} of ${event.origClOrdId}${of}: ${refusalText(event.refusal)}`
    }
  }
}

/** `o1 partiallyFilled, done 40, leaves 60` */
export function stateLine({ terms, status, cumQty, leavesQty }: OrderState): string {
  return `${name(terms)} ${status}, done ${cumQty}, leaves ${leavesQty}`
}

const name = ({ orderId }: OrderTerms): string => `o${orderId}`
const px = ({ instrument }: OrderTerms, value: Price, all: readonly Instrument[]): string =>
  formatPrice(all[instrument], value)
const qty = ({ instrument }: OrderTerms, value: Quantity, all: readonly Instrument[]): string =>
  formatQuantity(all[instrument], value)

function ahead(terms: OrderTerms, queueAhead: Quantity | undefined, all: readonly Instrument[]): string {
  return queueAhead === undefined ? '' : `, ${qty(terms, queueAhead, all)} ahead`
}

function done(terms: OrderTerms, cumQty: Quantity, all: readonly Instrument[]): string {
  return cumQty === 0 ? '' : `, done ${qty(terms, cumQty, all)}`
}
