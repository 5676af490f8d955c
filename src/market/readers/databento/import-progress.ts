import type { ImportOptions } from '../import-options.js'
import type { FileFacts } from './open-file.js'

/** Bytes of all passes over the files. */
export class ImportProgress {
  readonly #onProgress: ImportOptions['onProgress']
  #total: number
  #before = 0

  constructor({ onProgress }: ImportOptions, files: readonly FileFacts[], data: readonly FileFacts[]) {
    this.#onProgress = onProgress
    this.#total = sizeOf(files) + sizeOf(data)
  }

  at(position: number): void {
    this.#onProgress?.(this.#before + position, this.#total)
  }

  done(size: number): void {
    this.#before += size
    this.at(0)
  }

  skipSurvey(data: readonly FileFacts[]): void {
    this.#before += sizeOf(data)
  }
}

function sizeOf(files: readonly FileFacts[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}
