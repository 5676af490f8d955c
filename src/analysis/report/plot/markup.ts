/** A piece of HTML or SVG that is safe to put into a page: made by {@link element} and {@link text} only. */
export interface Markup {
  readonly markup: string
}

type Child = Markup | string | number | undefined | readonly Child[]
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** Text as it may stand between tags and in quoted attributes; control characters, which a page must not hold, are replaced. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']|[^\P{Cc}\n\t]/gu, (character) => ESCAPES[character] ?? '\ufffd')
}

const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input'])

/**
 * One element. Strings among its children are text and are escaped; attributes that are undefined or false are left out,
 * true ones stand without a value. Numbers are written with at most two decimals, enough for a hundredth of a pixel.
 */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  let open = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    open += value === true ? ` ${key}` : ` ${key}="${escaped(typeof value === 'number' ? decimal(value) : value)}"`
  }
  if (VOID.has(name)) return { markup: `${open}>` }
  return { markup: `${open}>${children.map(inner).join('')}</${name}>` }
}

/** Several pieces as one. */
export function fragment(...children: readonly Child[]): Markup {
  return { markup: children.map(inner).join('') }
}

/** Text of our own that must not be escaped: a style sheet. */
export function verbatim(markup: string): Markup {
  return { markup }
}

/** A coordinate in a path. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function inner(child: Child): string {
  if (child === undefined) return ''
  if (typeof child === 'string') return escaped(child)
  if (typeof child === 'number') return decimal(child)
  return 'markup' in child ? child.markup : child.map(inner).join('')
}
