import { PassThrough } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { readSecret, type SecretInput } from '../../src/cli/read-secret.js'
import { UserError } from '../../src/base/user-error.js'
import { isPassword, parsePasswordHash } from '../../src/venue/credentials/password-hash.js'
import { runCli } from '../../src/cli/cli.js'

/** A terminal at which somebody types, and all that is shown on it. */
function terminal(): { input: PassThrough; screen: () => string; ask: () => Promise<string>; modes: boolean[] } {
  const modes: boolean[] = []
  const input = new PassThrough()
  const secretInput: SecretInput = Object.assign(input, { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) })
  const output = new PassThrough({ encoding: 'utf8' })
  return {
    input,
    modes,
    screen: () => String(output.read() ?? ''),
    ask: () => readSecret('Password: ', secretInput, output)
  }
}

describe('a secret that is typed', () => {
  it('is not shown, may be corrected, and ends with Enter', async () => {
    const { input, screen, ask, modes } = terminal()
    const typed = ask()
    for (const key of ['s', 'e', 'x', '\x7f', 'cré', 't\r']) input.write(key)
    expect(await typed).toBe('secrét')
    expect(screen()).toBe('Password: \n')
    expect(modes).toEqual([true, false])
  })

  it('can be given up with Ctrl-C', async () => {
    const { input, ask, modes } = terminal()
    const typed = ask()
    input.write('sec\x03')
    await expect(typed).rejects.toEqual(new UserError('given up'))
    expect(modes).toEqual([true, false])
  })

  it('is the first line of what is piped in', async () => {
    const input = new PassThrough()
    input.end('secret\nmore\n')
    expect(await readSecret('', input)).toBe('secret')
  })
})

describe('paperpit hash-password', () => {
  it('prints a hash that knows the password', async () => {
    const input = new PassThrough()
    input.end('secret\n')
    const stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as never)
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const status = await runCli(['hash-password'])
    const text = printed.mock.calls.map(([chunk]) => String(chunk)).join('')
    stdin.mockRestore()
    printed.mockRestore()
    expect(status).toBe(0)
    const hash = parsePasswordHash(text.trimEnd())
    expect(hash && (await isPassword('secret', hash))).toBe(true)
  })
})
