const MESSAGE = /^\d+(\.\d+)?,[1-7],-?\d+,\d+,-?\d+,-?1$/
const NUMBERS = /^-?\d+(,-?\d+)*$/

/** Whether a first line could be one of a LOBSTER message file. */
export function looksLikeMessage(line: string): boolean {
  return MESSAGE.test(line)
}

/** Whether a first line could be one of a LOBSTER orderbook file: four whole numbers a level. */
export function looksLikeOrderbook(line: string): boolean {
  return NUMBERS.test(line) && line.split(',').length % 4 === 0
}
