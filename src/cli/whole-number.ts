import { UserError } from '../base/user-error.js'

/**
 * Reads an option that is a whole number, as a `coerce` of yargs.
 * @throws UserError where it is none, or is not from `least` to `most`
 */
export function wholeNumber(option: string, least: number, most = Number.MAX_SAFE_INTEGER): (value: number) => number {
  return (value) => {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`
    throw new UserError(`--${option}: expected a whole number, ${range}`)
  }
}
