/** Settings of a cli-table3 table without lines: columns under bold-free heads, as other tools can cut them. */
export const PLAIN_TABLE = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  '
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] }
}
