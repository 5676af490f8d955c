import type { Readable, Writable } from 'node:stream'
import { UserError } from '../base/user-error.js'

/** Where a person types: a terminal, or anything that is piped in. */
export type SecretInput = Readable & {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
}

const ENTER = /[\r\n]/
const BACKSPACE = /[\b\x7f]/
const END = '\x04'
const INTERRUPT = '\x03'

/**
 * Reads one line. On a terminal nothing is shown of it; `prompt` goes to standard error, so that the output of the command
 * can be piped.
 * @throws UserError where the person gives up (Ctrl-C)
 */
export async function readSecret(
  prompt: string,
  from: SecretInput = process.stdin,
  say: Writable = process.stderr
): Promise<string> {
  from.setEncoding('utf8')
  if (from.isTTY === true) return readHidden(prompt, from, say)
  let text = ''
  for await (const chunk of from) {
    text += String(chunk)
    if (ENTER.test(text)) break
  }
  return text.split(ENTER)[0]
}

function readHidden(prompt: string, terminal: SecretInput, say: Writable): Promise<string> {
  say.write(prompt)
  terminal.setRawMode?.(true)
  return new Promise((resolve, reject) => {
    const typed: string[] = []
    const done = (end: () => void): void => {
      terminal.off('data', take)
      terminal.pause()
      terminal.setRawMode?.(false)
      say.write('\n')
      end()
    }
    const take = (characters: string): void => {
      for (const character of characters) {
        if (ENTER.test(character) || character === END) return done(() => resolve(typed.join('')))
        if (character === INTERRUPT) return done(() => reject(new UserError('given up')))
        if (BACKSPACE.test(character)) typed.pop()
        else typed.push(character)
      }
    }
    terminal.on('data', take)
    terminal.resume()
  })
}
