import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type SourcePosition, UserError } from '../../base/user-error.js'
import { compileDictionary } from './compile-dictionary.js'
import { type Dictionary } from './dictionary.js'
import { type DictionarySource } from './dictionary-source.js'
import { extendDictionary } from './extend-dictionary.js'
import { readDictionaryXml } from './read-dictionary-xml.js'

/**
 * Loads a dictionary from a QuickFIX-format XML file. `<fix extends="other.xml">` adds to another dictionary.
 * @throws UserError with file, line and column of what is wrong.
 */
export function loadDictionary(path: string): Dictionary {
  return compileDictionary(readDictionary(path))
}

/** A dictionary as its files state it, what it extends included: for documentation. @throws UserError as {@link loadDictionary} */
export function readDictionary(path: string): DictionarySource {
  return loadSource(path, undefined, [])
}

function loadSource(path: string, named: SourcePosition | undefined, through: readonly string[]): DictionarySource {
  const absolute = resolve(path)
  if (through.includes(absolute)) throw new UserError(`a dictionary that extends itself: ${path}`, named)
  const { source, extends: base, root } = readDictionaryXml(readText(path, named), path)
  if (base === undefined) return source
  const whole = loadSource(resolve(dirname(absolute), base), root.position, [...through, absolute])
  if (whole.beginString !== source.beginString)
    throw new UserError(`extends ${base}, which is ${whole.beginString}, not ${source.beginString}`, root.position)
  extendDictionary(whole, source)
  return whole
}

function readText(path: string, named: SourcePosition | undefined): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new UserError(`cannot read the FIX dictionary ${path}: ${code}`, named, { cause: error })
  }
}
