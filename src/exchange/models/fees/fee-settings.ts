/** Rates from a 30-day volume on. Decimals as text; negative: a rebate. */
export interface FeeTier {
  /** 30-day volume from which the rates hold: quantity, or for `perNotional` money. */
  readonly from: string
  /** For fills that add liquidity. */
  readonly maker: string
  /** For fills that remove it. */
  readonly taker: string
  /** For fills of an auction; left out: as `taker`. */
  readonly auction?: string
}

/** What a venue charges (models/README, fees). */
export interface FeeSchedule {
  /** What a rate multiplies: quantity (shares, contracts) or the money that changes hands. */
  readonly basis: 'perShare' | 'perContract' | 'perNotional'
  /** Ascending; the first from 0. */
  readonly tiers: readonly FeeTier[]
  /** Least and most that an order is charged, in money; an order that earns a rebate has neither. */
  readonly minimum?: string
  readonly cap?: string
  /** What each session traded here in the 30 days before. */
  readonly volumeBefore?: string
}

/** Schedules by market (ISO 10383, the instrument's LastMkt); `*` for all others. A market without one charges nothing. */
export type FeeSettings = Readonly<Record<string, FeeSchedule>>
