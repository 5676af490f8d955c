/** Venues of US shares by Databento's publisher id (databento.com/docs, "venues and publishers"). */
const SHARE_VENUES: ReadonlyMap<number, string> = new Map([
  [2, 'XNAS'],
  [3, 'XBOS'],
  [4, 'XPSX'],
  [5, 'BATS'],
  [6, 'BATY'],
  [7, 'EDGA'],
  [8, 'EDGX'],
  [9, 'XNYS'],
  [10, 'XCIS'],
  [11, 'XASE'],
  [12, 'ARCX'],
  [13, 'XCHI'],
  [14, 'IEXG'],
  [15, 'FINN'],
  [16, 'FINC'],
  [17, 'FINY'],
  [18, 'MEMX'],
  [19, 'EPRL']
])

/** Datasets of US shares, by the beginning of their name. */
const SHARE_DATASETS =
  /^(XNAS|XBOS|XPSX|BATS|BATY|EDGA|EDGX|XNYS|XCIS|XASE|ARCX|XCHI|IEXG|FINN|FINC|FINY|MEMX|EPRL|DBEQ|EQUS)\./

/** Whether prices follow the tick rule of US shares: a cent, below a dollar 1/10,000. */
export function tradesShares(dataset: string, publisherId: number): boolean {
  return dataset === '' ? SHARE_VENUES.has(publisherId) : SHARE_DATASETS.test(dataset)
}

/** The market identifier of a publisher or dataset, where one is known. */
export function marketOf(dataset: string, publisherId: number): string | undefined {
  return SHARE_VENUES.get(publisherId) ?? (dataset === '' ? undefined : dataset.slice(0, 4))
}
