import { writeSync } from 'node:fs'
import { AsyncByteQueue } from 'apache-arrow'

/** Takes what the Arrow writer writes straight to a file: nothing queues up in memory. */
export class FileQueue extends AsyncByteQueue {
  readonly #fd: number
  /** What is written is left out. */
  silent = false

  constructor(fd: number) {
    super()
    this.#fd = fd
  }

  override write(value: Uint8Array): void {
    if (this.silent) return
    for (let at = 0; at < value.byteLength;) at += writeSync(this.#fd, value, at)
  }
}
