import type Database from 'better-sqlite3'

/** Messages of one session with numbers from `first` to `last`, one behind the other in the body of one turn. */
export interface SentRange {
  readonly session: number
  readonly epoch: number
  readonly first: number
  last: number
  /** 0 while the turn is running. */
  turn: number
  /** Offset of the first message's record in the body. */
  readonly position: number
}

const ROWS_AT_ONCE = 256

/**
 * Where in the log the sent messages of every session are, for resends. Ranges of one session and epoch are disjoint and
 * ascend. Those of recent turns are kept here and written to the table `sequences` many at a time, as a row beside every
 * turn would double the cost of a commit; nothing is lost by that, as the log tells them again.
 */
export class SentIndex {
  readonly #ranges: SentRange[] = []
  readonly #cuts: { readonly session: number; readonly epoch: number; readonly from: number }[] = []
  /** The range of a session that its next message may extend. */
  readonly #open: (SentRange | undefined)[] = []
  #firstRunning = 0
  readonly #insert: Database.Statement
  readonly #select: Database.Statement<number[], [first: number, last: number, turn: number, position: number]>
  readonly #remove: Database.Statement
  readonly #shorten: Database.Statement

  constructor(db: Database.Database) {
    this.#insert = db.prepare('INSERT INTO sequences VALUES (?, ?, ?, ?, ?, ?)')
    this.#select = db
      .prepare<number[], [number, number, number, number]>(
        `SELECT first_seq, last_seq, turn, position FROM sequences
         WHERE session = ? AND reset_epoch = ? AND last_seq >= ? ORDER BY last_seq LIMIT ${ROWS_AT_ONCE}`
      )
      .raw()
    this.#remove = db.prepare('DELETE FROM sequences WHERE session = ? AND reset_epoch = ? AND first_seq >= ?')
    this.#shorten = db.prepare(
      'UPDATE sequences SET last_seq = ? - 1 WHERE session = ? AND reset_epoch = ? AND last_seq >= ?'
    )
  }

  /** Ranges, running turn included, that the table does not have yet. */
  get unsaved(): number {
    return this.#ranges.length
  }

  /** The table has ranges that are void. */
  get mustSave(): boolean {
    return this.#cuts.length > 0
  }

  add(session: number, epoch: number, msgSeqNum: number, position: number): void {
    const open = this.#open[session]
    if (open !== undefined && open.epoch === epoch && open.last < msgSeqNum) {
      open.last = msgSeqNum
      return
    }
    const range = { session, epoch, first: msgSeqNum, last: msgSeqNum, turn: 0, position }
    this.#ranges.push(range)
    this.#open[session] = range
  }

  /** Messages with numbers of `from` and above are void: the numbers were set back and will be used again. */
  cut(session: number, epoch: number, from: number): void {
    this.#open[session] = undefined
    let kept = 0
    let keptBeforeRunning = 0
    this.#ranges.forEach((range, i) => {
      if (range.session === session && range.epoch === epoch) {
        if (range.first >= from) return
        if (range.last >= from) range.last = from - 1
      }
      if (i < this.#firstRunning) keptBeforeRunning++
      this.#ranges[kept++] = range
    })
    this.#ranges.length = kept
    this.#firstRunning = keptBeforeRunning
    this.#cuts.push({ session, epoch, from })
  }

  endTurn(turn: number): void {
    const ranges = this.#ranges
    for (let i = this.#firstRunning; i < ranges.length; i++) {
      ranges[i].turn = turn
      this.#open[ranges[i].session] = undefined
    }
    this.#firstRunning = ranges.length
  }

  /** Writes all ranges of ended turns. To be called inside a transaction, between turns. */
  save(): void {
    for (const { session, epoch, from } of this.#cuts) {
      this.#remove.run(session, epoch, from)
      this.#shorten.run(from, session, epoch, from)
    }
    this.#cuts.length = 0
    for (const { session, epoch, first, last, turn, position } of this.#ranges) {
      this.#insert.run(session, epoch, last, first, turn, position)
    }
    this.#ranges.length = 0
    this.#firstRunning = 0
  }

  /** Visits the ranges that hold numbers from `first` to `last`, ascending. */
  forEach(session: number, epoch: number, first: number, last: number, visit: (range: SentRange) => void): void {
    this.#savedRanges(session, epoch, first, last, visit)
    for (const range of [...this.#ranges]) {
      if (range.session !== session || range.epoch !== epoch) continue
      if (range.last >= first && range.first <= last) visit({ ...range })
    }
  }

  #savedRanges(session: number, epoch: number, first: number, last: number, visit: (range: SentRange) => void): void {
    const void_ = this.#cuts.filter((cut) => cut.session === session && cut.epoch === epoch).map((cut) => cut.from)
    const end = Math.min(last, ...void_.map((from) => from - 1))
    for (let from = first; from <= end; ) {
      const rows = this.#select.all(session, epoch, from)
      for (const [rowFirst, rowLast, turn, position] of rows) {
        if (rowFirst > end) return
        visit({ session, epoch, first: rowFirst, last: Math.min(rowLast, end), turn, position })
        from = rowLast + 1
      }
      if (rows.length < ROWS_AT_ONCE) return
    }
  }
}
