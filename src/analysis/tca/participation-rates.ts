/** Rates of participation-weighted prices, in percent of what the market prints. */
export const PARTICIPATION_RATES = [10, 20] as const
