import type { CommandModule } from 'yargs'
import { UserError } from '../base/user-error.js'

/** `paperpit hash-password`: what configuration keeps of a password. */
export const hashPasswordCommand: CommandModule = {
  command: 'hash-password',
  describe: 'Print the hash of a FIX password (554) for fix.sessions[].passwordHash',
  builder: (yargs) =>
    yargs
      .example('$0 hash-password', 'asks for the password, shows nothing of it')
      .example('$0 hash-password < password.txt', 'the first line of standard input'),
  async handler() {
    const [{ readSecret }, { hashPassword }] = await Promise.all([
      import('./read-secret.js'),
      import('../venue/credentials/password-hash.js')
    ])
    const password = await readSecret('Password: ')
    if (password === '') throw new UserError('the password is empty')
    if (process.stdin.isTTY && (await readSecret('Once more: ')) !== password)
      throw new UserError('the two passwords differ')
    process.stdout.write(`${await hashPassword(password)}\n`)
  }
}
