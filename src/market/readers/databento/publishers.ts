/**
 * Venues by Databento's publisher id, from 1 on (databento.com/docs, "Publishers, datasets, and venues"). A publisher is a
 * venue's feed in one dataset, so a venue has several.
 */
const VENUES: readonly string[] = (
  'GLBX XNAS XBOS XPSX BATS BATY EDGA EDGX XNYS XCIS XASE XCHI XCIS XCIS MEMX EPRL FINN FINC FINY ' +
  'AMXO XBOX XCBO EMLD EDGO GMNI XISX MCRY XMIO ARCO OPRA MPRL XNDQ XBXO C2OX XPHL BATO MXOP ' +
  'IEXG XCHI XCIS IEXG EPRL ARCX XNYS XNYS XNAS XNAS XCHI XCIS IEXG EPRL XNAS XNYS FINN FINY FINC ' +
  'IFEU NDEX DBEQ EQUS SPHR XCHI XCIS IEXG EPRL XNAS XNYS FINN FINY FINC BATS BATY EDGA EDGX XBOS XPSX MEMX XASE ARCX LTSE ' +
  'XNAS FINN FINC XOFF XOFF XBOS XPSX XBOS XPSX EQUS XCIS XNYS EQUS EQUS EQUS EQUS IFUS XOFF IFLL XOFF XEUR XEEE XOFF XOFF'
).split(' ')

const SHARE_VENUES = new Set(
  'XNAS XBOS XPSX BATS BATY EDGA EDGX XNYS XCIS XASE XCHI MEMX EPRL FINN FINC FINY IEXG ARCX LTSE DBEQ EQUS'.split(' ')
)

/** Where trades are reported that were made off the book: they have no book of their own. */
const OFF_BOOK = new Set(['XOFF', 'FINN', 'FINC', 'FINY'])

/** The market identifier of a publisher; undefined for one that is not known. */
export function venueOf(publisherId: number): string | undefined {
  return VENUES[publisherId - 1]
}

/** "XNAS", or "publisher 123" for one that is not known. */
export function nameOfVenue(publisherId: number): string {
  return venueOf(publisherId) ?? `publisher ${publisherId}`
}

/** Whether a publisher reports trades that were made off the book. */
export function isOffBook(publisherId: number): boolean {
  return OFF_BOOK.has(VENUES[publisherId - 1] ?? '')
}

/** Whether prices follow the tick rule of US shares: a cent, below a dollar 1/10,000. */
export function tradesShares(dataset: string, publisherId: number): boolean {
  return SHARE_VENUES.has(dataset === '' ? (venueOf(publisherId) ?? '') : dataset.slice(0, 4))
}

/** The market identifier of a publisher, or of a dataset where that is all that is known; undefined where neither is. */
export function marketOf(dataset: string, publisherId: number): string | undefined {
  return venueOf(publisherId) ?? (dataset === '' ? undefined : dataset.slice(0, 4))
}
