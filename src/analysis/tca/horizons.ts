import { MILLISECOND, MINUTE, SECOND } from '../../base/time.js'

/** How long after a fill the mid is looked at again. */
export interface Horizon {
  readonly label: string
  /** In ns. */
  readonly after: number
}

export const HORIZONS: readonly Horizon[] = [
  { label: '50ms', after: 50 * MILLISECOND },
  { label: '1s', after: SECOND },
  { label: '15s', after: 15 * SECOND },
  { label: '1min', after: MINUTE },
  { label: '5min', after: 5 * MINUTE }
]

/** The row of the horizon that is shown where there is room for one. */
export const SHOWN_HORIZON = HORIZONS.findIndex(({ label }) => label === '1s')
