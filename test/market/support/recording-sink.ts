import type { MarketSink } from '../../../src/exchange/market-sink.js'

export type Call = readonly [name: keyof MarketSink, ...args: number[]]

/** Keeps every call, in order: what a source told. */
export class RecordingSink implements MarketSink {
  readonly calls: Call[] = []

  add(...args: number[]): void {
    this.calls.push(['add', ...args])
  }
  reduce(...args: number[]): void {
    this.calls.push(['reduce', ...args])
  }
  remove(...args: number[]): void {
    this.calls.push(['remove', ...args])
  }
  modify(...args: number[]): void {
    this.calls.push(['modify', ...args])
  }
  execute(...args: number[]): void {
    this.calls.push(['execute', ...args])
  }
  level(...args: number[]): void {
    this.calls.push(['level', ...args])
  }
  quote(...args: number[]): void {
    this.calls.push(['quote', ...args])
  }
  trade(...args: number[]): void {
    this.calls.push(['trade', ...args])
  }
  hiddenTrade(...args: number[]): void {
    this.calls.push(['hiddenTrade', ...args])
  }
  clear(...args: number[]): void {
    this.calls.push(['clear', ...args])
  }
  eventEnd(...args: number[]): void {
    this.calls.push(['eventEnd', ...args])
  }
}
