import { UserError } from '../base/user-error.js'

/**
 * Refuses options that are given more than once and take one value: which one was meant is not for the program to guess.
 * @param lists names of the options that take many
 * @throws UserError naming the option
 */
export function refuseRepeated(options: Readonly<Record<string, unknown>>, lists: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Array.isArray(value) || name === '_' || lists.includes(name)) continue
    throw new UserError(`--${name} is given ${value.length} times: expected once`)
  }
}
