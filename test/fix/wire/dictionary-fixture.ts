import { fileURLToPath } from 'node:url'
import { type Dictionary } from '../../../src/fix/dictionary/dictionary.js'
import { loadDictionary } from '../../../src/fix/dictionary/load-dictionary.js'

export const DICTIONARY_FILE = fileURLToPath(new URL('../../../fix-dictionaries/FIX44-paperpit.xml', import.meta.url))

/** The venue's dictionary, loaded once. */
export const FIX44: Dictionary = loadDictionary(DICTIONARY_FILE)
