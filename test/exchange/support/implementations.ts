import { existsSync } from 'node:fs'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { createReferenceExchange } from '../reference/reference-exchange.js'

export interface Implementation {
  readonly name: string
  readonly factory: ExchangeFactory
}

const reference: Implementation = { name: 'the reference exchange', factory: createReferenceExchange }

async function matching(): Promise<Implementation[]> {
  const file = new URL('../../../src/exchange/matching-exchange.ts', import.meta.url)
  if (!existsSync(file)) return []
  const module = (await import(file.href)) as { readonly createExchange: ExchangeFactory }
  return [{ name: 'the matching exchange', factory: module.createExchange }]
}

/** Whoever claims to be the exchange: the obvious one, and the fast one that the venue runs. */
export const implementations: readonly Implementation[] = [reference, ...(await matching())]
