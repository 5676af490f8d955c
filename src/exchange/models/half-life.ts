import { portableExp } from '../../base/portable-math.js'
import { type Nanos } from '../../base/time.js'

/** What is left of 1 after `elapsed` ns: 2^(-elapsed / halfLife), the same on every machine; 1 where it never ends. */
export function halfLifeDecay(elapsed: number, halfLife: Nanos | 'never'): number {
  return halfLife === 'never' ? 1 : portableExp((-0.6931471805599453 * elapsed) / halfLife)
}
