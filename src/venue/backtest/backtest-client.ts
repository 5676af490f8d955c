/** The only client of a backtest, its order file, as the models' settings name it. */
export const BACKTEST_CLIENT = 'backtest'
