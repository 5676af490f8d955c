import { basename } from 'node:path'
import { isDate } from '../../local-midnight.js'

/** The day that NASDAQ's names of ITCH files say: `01302020.NASDAQ_ITCH50.gz`, `S013020-v50.txt.gz`, `...20200130...`. */
export function dateOfName(path: string): string | undefined {
  const name = basename(path)
  const monthFirst = /^(\d{2})(\d{2})(\d{4})\.NASDAQ_ITCH/.exec(name)
  if (monthFirst) return valid(monthFirst[3], monthFirst[1], monthFirst[2])
  const short = /^S(\d{2})(\d{2})(\d{2})-v\d/.exec(name)
  if (short) return valid(`20${short[3]}`, short[1], short[2])
  const iso = /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(name)
  return iso ? valid(iso[1], iso[2], iso[3]) : undefined
}

function valid(year: string, month: string, day: string): string | undefined {
  const date = `${year}-${month}-${day}`
  return isDate(date) ? date : undefined
}
