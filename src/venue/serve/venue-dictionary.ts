import { fileURLToPath } from 'node:url'

/** The rules of engagement: what the venue accepts, and its own tags. */
export const VENUE_DICTIONARY = fileURLToPath(new URL('../../../fix-dictionaries/FIX44-paperpit.xml', import.meta.url))
