import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'

const PAGE = 4096

/** When the write-ahead log is copied into the file, in bytes. */
export interface CheckpointLimits {
  /** New log after which the worker is asked for a pass. */
  readonly pass: number
  /** Size of the log at which it is begun anew. */
  readonly anew: number
  /** Size that the log never passes by much: beyond it a commit waits for the worker, as the disk is too slow. */
  readonly most: number
}

const LIMITS: CheckpointLimits = { pass: 4 << 20, anew: 32 << 20, most: 128 << 20 }

/** Further passes of the worker before the log is begun anew: each leaves less behind for the commit that has to wait. */
const CLOSING_PASSES = 2
const WAIT_MS = 10_000

/** Slots of the memory that the journal and its worker share. */
const Slot = { order: 0, passes: 1, frames: 2, state: 3 } as const
const Order = { none: 0, pass: 1, end: 2 } as const
const State = { running: 0, ended: 1 } as const

/**
 * Plain JavaScript, as it runs the same from compiled and from uncompiled sources. SQLite syncs the file only where a pass
 * reaches the end of the log, so the worker does it after every pass.
 */
const WORKER = `
const { workerData } = require('node:worker_threads')
const { fdatasyncSync } = require('node:fs')
const slots = new Int32Array(workerData.shared)
let db
try {
  for (;;) {
    Atomics.wait(slots, ${Slot.order}, ${Order.none})
    if (Atomics.exchange(slots, ${Slot.order}, ${Order.none}) === ${Order.end}) break
    if (db === undefined) {
      db = new (require(workerData.sqlite))(workerData.path, { fileMustExist: true })
      db.pragma('synchronous = NORMAL')
      db.pragma('wal_autocheckpoint = 0')
    }
    let frames = 0
    try {
      frames = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get().log
      fdatasyncSync(workerData.file)
    } catch {
      // A pass that fails (a full disk) is tried again with the next; commits tell when there is no room for them.
    }
    Atomics.store(slots, ${Slot.frames}, frames)
    Atomics.add(slots, ${Slot.passes}, 1)
    Atomics.notify(slots, ${Slot.passes})
  }
} finally {
  db?.close()
  Atomics.store(slots, ${Slot.state}, ${State.ended})
  Atomics.notify(slots, ${Slot.state})
}
`

/**
 * Keeps the write-ahead log bounded without making commits wait. A worker thread copies the log into the file while the
 * journal goes on writing. SQLite begins the log anew only when all of it is copied at one moment, which never comes under
 * constant load; so at 32 MB, behind two quick passes of the worker, the journal itself copies the few pages that are
 * left (under a millisecond on an ordinary disk). The worker starts with the first 4 MB of log.
 */
export class Checkpointer {
  readonly #path: string
  readonly #limits: CheckpointLimits
  readonly #copy: Database.Statement
  readonly #slots = new Int32Array(new SharedArrayBuffer(16))
  #worker: Worker | undefined
  /** The file, for the worker's sync. Closed behind all connections: closing it drops the locks of this process. */
  #file: number | undefined
  /** About what was committed since the last pass began. */
  #bytes = 0
  /** Length of the log at the last pass, in pages. */
  #frames = 0
  #passes = 0
  #closing = 0
  #asked = false
  /** What {@link #bytes} was when the worker was asked. */
  #askedAt = 0
  /** The worker could not start, so the journal copies the log itself, at the price of slow commits. */
  #alone = false

  constructor(db: Database.Database, path: string, limits: CheckpointLimits = LIMITS) {
    this.#limits = limits
    this.#path = path
    this.#copy = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
    db.pragma('wal_autocheckpoint = 0')
  }

  /** To be called behind a commit. @param bytes how much was committed, about */
  committed(bytes: number): void {
    // The row's page again, the pages it newly takes, and, where it takes any, the file's first page.
    this.#bytes += PAGE + bytes + Math.min(bytes, PAGE)
    if (this.#asked) {
      if (this.#frames * PAGE + this.#bytes > this.#limits.most) this.#catchUp()
      else if (Atomics.load(this.#slots, Slot.passes) !== this.#passes) this.#passDone()
    } else if (this.#bytes >= this.#limits.pass) {
      if (this.#alone) this.#pass()
      else this.#ask()
    }
  }

  /** Ends the worker, waiting for its last pass. */
  end(): void {
    if (this.#worker === undefined) return
    Atomics.store(this.#slots, Slot.order, Order.end)
    Atomics.notify(this.#slots, Slot.order)
    Atomics.wait(this.#slots, Slot.state, State.running, WAIT_MS)
    this.#worker = undefined
  }

  /** To be called once the journal's connection is closed. */
  release(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  /** The worker cannot keep up: waits for the pass that is under way and copies the rest. */
  #catchUp(): void {
    Atomics.wait(this.#slots, Slot.passes, this.#passes, WAIT_MS)
    this.#passes = Atomics.load(this.#slots, Slot.passes)
    this.#asked = false
    this.#closing = 0
    this.#pass()
  }

  #passDone(): void {
    this.#passes = Atomics.load(this.#slots, Slot.passes)
    this.#asked = false
    this.#bytes -= this.#askedAt
    this.#frames = Atomics.load(this.#slots, Slot.frames)
    if (this.#frames * PAGE < this.#limits.anew) this.#closing = 0
    else if (this.#closing++ < CLOSING_PASSES) this.#ask()
    else {
      this.#closing = 0
      this.#pass()
    }
  }

  #pass(): void {
    this.#bytes = 0
    this.#frames = 0
    this.#copy.get()
  }

  #ask(): void {
    this.#worker ??= this.#start()
    this.#asked = true
    this.#askedAt = this.#bytes
    Atomics.store(this.#slots, Slot.order, Order.pass)
    Atomics.notify(this.#slots, Slot.order)
  }

  #start(): Worker {
    this.#file = openSync(this.#path, 'r+')
    const worker = new Worker(WORKER, {
      eval: true,
      workerData: {
        path: this.#path,
        file: this.#file,
        shared: this.#slots.buffer,
        sqlite: createRequire(import.meta.url).resolve('better-sqlite3')
      }
    })
    worker.unref()
    worker.on('error', () => {
      this.#alone = true
      this.#asked = false
      this.#worker = undefined
    })
    return worker
  }
}
