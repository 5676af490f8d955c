import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { createReferenceExchange } from '../reference/reference-exchange.js'

export interface Implementation {
  readonly name: string
  readonly factory: ExchangeFactory
}

export const referenceExchange: Implementation = { name: 'the reference exchange', factory: createReferenceExchange }
export const matchingExchange: Implementation = { name: 'the matching exchange', factory: createExchange }

/** Whoever claims to be the exchange: the obvious one, and the fast one that the venue runs. */
export const implementations: readonly Implementation[] = [referenceExchange, matchingExchange]
