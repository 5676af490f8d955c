import { element, verbatim, type Markup } from '../plot/markup.js'
import { STYLE } from './style.js'

/** The head of a page that needs nothing else: its style is inside. */
export function pageHead(title: string, ownStyle = ''): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, title),
    element('style', {}, verbatim(STYLE + ownStyle))
  )
}
