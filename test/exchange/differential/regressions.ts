import { type Scenario } from './step.js'

/** Sequences on which the two exchanges once differed, found by scripts/fuzz/exchange.ts. */
export const regressions: readonly { readonly what: string; readonly scenario: Scenario }[] = []
