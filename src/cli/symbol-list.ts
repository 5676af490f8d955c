import { UserError } from '../base/user-error.js'

/** "AAPL,MSFT" as symbols. @throws UserError where one is empty or comes twice */
export function symbolList(text: string): readonly string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim())
  if (symbols.includes('') || new Set(symbols).size !== symbols.length) {
    throw new UserError(`--symbols "${text}": expected different symbols, separated by commas`)
  }
  return symbols
}
