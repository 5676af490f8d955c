/** What becomes of a message on its way: it comes twice, never, or when {@link FateLine.deliver} says. */
export type Fate = 'twice' | 'never' | 'late'

/** Messages that can come once more, at most. */
const KEPT = 64

/** The way of messages to a subscriber, and what goes wrong on it. */
export class FateLine {
  readonly #fates: Fate[] = []
  readonly #late: (() => void)[] = []
  readonly #sent: (() => void)[] = []

  /** What becomes of the next messages, one after the other. Those behind them come as they were sent. */
  next(...fates: readonly Fate[]): void {
    this.#fates.push(...fates)
  }

  /** What is late comes now, in the order in which it was sent. */
  deliver(): void {
    for (const send of this.#late.splice(0)) send()
  }

  /** A message comes once more, byte for byte. @param back 0: the last; 1: the one before it */
  again(back = 0): void {
    this.#sent.at(-1 - back)?.()
  }

  /** A message is on its way; `send` brings it there. */
  carry(send: () => void): void {
    this.#sent.push(send)
    if (this.#sent.length > KEPT) this.#sent.shift()
    const fate = this.#fates.shift()
    if (fate === 'never') return
    if (fate === 'late') this.#late.push(send)
    else send()
    if (fate === 'twice') send()
  }
}
