import { DEFAULT_REACTION, DEFAULT_REFILL } from '../exchange/models/default-settings.js'
import { tradingRules } from '../exchange/trading-rules.js'
import type { MarketReference, SessionFacts } from './journal.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export function formatFacts(facts: SessionFacts): string {
  return JSON.stringify(facts)
}

/** @throws SyntaxError where the text is no JSON. */
export function parseFacts(text: string): SessionFacts {
  const facts = JSON.parse(text) as SessionFacts
  // A journal of version 1 says nothing of trading rules: it had none but these.
  return { ...facts, instruments: facts.instruments.map((each) => ({ ...each, rules: tradingRules(each.rules) })) }
}

/**
 * In what `now` differs from what was `recorded`, one sentence per difference: "models.seed is 7, recorded was 5". Files
 * of a tape are told apart by their hash: a tape that was moved is the same tape.
 */
export function differences(recorded: SessionFacts, now: SessionFacts): string[] {
  const found: string[] = []
  compare('', withoutPaths(recorded), withoutPaths(now), found)
  return found
}

function withoutPaths(facts: SessionFacts): Json {
  // What the settings of models leave out is the default, whether a journal says so or not.
  const models = { refill: DEFAULT_REFILL, reaction: DEFAULT_REACTION, ...facts.models }
  return JSON.parse(JSON.stringify({ ...facts, models, market: marketWithoutPaths(facts.market) })) as Json
}

function marketWithoutPaths(market: MarketReference): object {
  if (market.kind === 'tape') return { kind: 'tape', files: market.files.map((file) => file.sha256) }
  if (market.kind === 'scenario') {
    const { text: _, name: __, ...rest } = market
    return rest
  }
  return market.kind === 'live' ? { kind: 'live', feeds: market.feeds } : market
}

function compare(path: string, recorded: Json | undefined, now: Json | undefined, found: string[]): void {
  if (isTree(recorded) && isTree(now) && Array.isArray(recorded) === Array.isArray(now)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
      const step = Array.isArray(now) ? `[${key}]` : path === '' ? key : `.${key}`
      compare(path + step, child(recorded, key), child(now, key), found)
    }
  } else if (recorded !== now) found.push(`${path} is ${show(now)}, recorded was ${show(recorded)}`)
}

type Tree = Exclude<Json, null | boolean | number | string>

function isTree(value: Json | undefined): value is Tree {
  return typeof value === 'object' && value !== null
}

function child(tree: Tree, key: string): Json | undefined {
  return (tree as { readonly [key: string]: Json | undefined })[key]
}

function show(value: Json | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value)
}
