import type { ReadStream } from 'node:tty'
import { UserError } from '../base/user-error.js'

const ENTER = /[\r\n]/
const BACKSPACE = /[\b\x7f]/
const END = '\x04'
const INTERRUPT = '\x03'

/**
 * Reads one line from standard input. On a terminal nothing is shown of it; `prompt` goes to standard error, so that the
 * output of the command can be piped.
 * @throws UserError where the person gives up (Ctrl-C), or nothing is there
 */
export async function readSecret(prompt: string): Promise<string> {
  const { stdin } = process
  if (stdin.isTTY) return readHidden(stdin, prompt)
  let text = ''
  for await (const chunk of stdin.setEncoding('utf8')) {
    text += String(chunk)
    if (ENTER.test(text)) break
  }
  return text.split(ENTER)[0]
}

function readHidden(terminal: ReadStream, prompt: string): Promise<string> {
  process.stderr.write(prompt)
  terminal.setRawMode(true).setEncoding('utf8').resume()
  return new Promise((resolve, reject) => {
    let text = ''
    const done = (end: () => void): void => {
      terminal.off('data', take).setRawMode(false).pause()
      process.stderr.write('\n')
      end()
    }
    const take = (typed: string): void => {
      for (const character of typed) {
        if (ENTER.test(character) || character === END) return done(() => resolve(text))
        if (character === INTERRUPT) return done(() => reject(new UserError('given up')))
        text = BACKSPACE.test(character) ? text.slice(0, -1) : text + character
      }
    }
    terminal.on('data', take)
  })
}
