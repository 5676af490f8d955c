import { element, type Markup } from '../plot/markup.js'

/** A column: its head, whether it holds words (left) or figures (right), and its cell of a row. */
export interface TableColumn<Row> {
  readonly head: string
  readonly word?: boolean
  /** Text, or a piece of markup; figures with a sign are coloured as cost or gain where `signed`. */
  readonly cell: (row: Row) => string | Markup
  readonly signed?: boolean
}

/** A table that scrolls inside its card once it is long. */
export function htmlTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): Markup {
  const style = (column: TableColumn<Row>, cell?: string | Markup): string | undefined => {
    if (column.word) return 'word'
    if (!column.signed || typeof cell !== 'string') return undefined
    return cell.startsWith('+') ? 'cost' : cell.startsWith('-') ? 'gain' : undefined
  }
  return element(
    'div',
    { class: 'scroll', tabindex: rows.length > 15 ? '0' : undefined },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          columns.map((column) => element('th', { class: style(column), scope: 'col' }, column.head))
        )
      ),
      element(
        'tbody',
        {},
        rows.map((row) =>
          element(
            'tr',
            {},
            columns.map((column) => {
              const cell = column.cell(row)
              const title = column.word && typeof cell === 'string' && cell.length > 24 ? cell : undefined
              return element('td', { class: style(column, cell), title }, cell)
            })
          )
        )
      )
    )
  )
}
