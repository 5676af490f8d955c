import { UserError } from '../base/user-error.js'
import type { Speed } from '../venue/config/venue-config.js'

/** Reads --speed: "1", "10x", "max", "lockstep". @throws UserError */
export function parseSpeed(text: string): Speed {
  if (text === 'max' || text === 'lockstep') return text
  const factor = Number(text.replace(/x$/, ''))
  if (factor > 0 && Number.isFinite(factor)) return factor
  throw new UserError(`--speed "${text}": expected a number above 0 (1, 10, 0.5), max or lockstep`)
}
