/** Rows of one record batch as we write them: large enough to scan fast, small enough to hold a few of them in memory. */
export const BATCH_ROWS = 65_536
