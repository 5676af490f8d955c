import { BUY, price, quantity, type Side } from '../../exchange/units.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { MarketView } from '../market-view.js'

interface Best {
  readonly bid: number | undefined
  readonly ask: number | undefined
}

/** Finds clients' orders among what is displayed: they are where agents have nothing. */
export interface ClientPriority {
  /** The best displayed prices, in ticks, where agents' own best are these. */
  quote(view: MarketView, own: Best): Best
  /** What clients display on a side at the best price, if it is better than the agents' `best`. In ticks and whole lots. */
  better(
    view: MarketView,
    side: Side,
    best: number | undefined
  ): { readonly price: number; readonly qty: number } | undefined
}

export function clientPriority({ no, tickSize, lotSize }: Instrument): ClientPriority {
  const top = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }
  const ticks = (at: number, qty: number): number | undefined => (qty > 0 ? at / tickSize : undefined)
  return {
    quote(view) {
      view.topOfBook(no, top)
      return { bid: ticks(top.bidPrice, top.bidQty), ask: ticks(top.askPrice, top.askQty) }
    },
    better(view, side, best) {
      view.topOfBook(no, top)
      const at = side === BUY ? ticks(top.bidPrice, top.bidQty) : ticks(top.askPrice, top.askQty)
      const qty = Math.floor((side === BUY ? top.bidQty : top.askQty) / lotSize)
      if (at === undefined || qty === 0 || (best !== undefined && side * (at - best) <= 0)) return undefined
      return { price: at, qty }
    }
  }
}
