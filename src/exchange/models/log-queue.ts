import { portableLog } from '../../base/portable-math.js'
import { mulDivFloor } from '../mul-div.js'
import { type QueueModel } from './queue-model.js'

/** The probability pi is kept to 32 binary digits. */
const ONE = 2 ** 32

/** Behind with probability ln(1+b) / (ln(1+b) + ln(1+f)), f ahead and b behind, in quantity units. */
export const logQueue: QueueModel = {
  leftAhead(decrease, ahead, behind) {
    const back = portableLog(1 + behind)
    return aheadOf(decrease, back, back + portableLog(1 + ahead))
  }
}

/** Behind with probability ln(1+b) / ln(1+b+f): where anything stands behind, most of what leaves did. */
export const log2Queue: QueueModel = {
  leftAhead: (decrease, ahead, behind) => aheadOf(decrease, portableLog(1 + behind), portableLog(1 + behind + ahead))
}

/** What of a decrease does not fall behind, where `back` of `all` does; all behind where there is neither. */
function aheadOf(decrease: number, back: number, all: number): number {
  const behind = all === 0 ? ONE : Math.min(ONE, Math.floor((back / all) * ONE))
  return mulDivFloor(decrease, ONE - behind, ONE)
}
