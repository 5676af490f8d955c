import { PHASES, type Phase } from '../../../src/exchange/phase.js'
import type { TapeSink } from '../../../src/market/tape/tape-sink.js'

export type Call = readonly [name: keyof TapeSink, ...args: number[]]

/** What a call says after time and instrument, for people. */
export function saidBy([name, , , ...rest]: Call): readonly (number | Phase)[] {
  return name === 'enterPhase' ? [PHASES[rest[0]]] : rest
}

/** Keeps every call, in order: what a source told. Of a phase, its place in `PHASES`. */
export class RecordingSink implements TapeSink {
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
  enterPhase(time: number, instrument: number, phase: Phase): void {
    this.calls.push(['enterPhase', time, instrument, PHASES.indexOf(phase)])
  }
  eventEnd(...args: number[]): void {
    this.calls.push(['eventEnd', ...args])
  }
}

/** Keeps the feed's latency, too. */
export class LatencySink extends RecordingSink {
  feedLatency(...args: number[]): void {
    this.calls.push(['feedLatency', ...args])
  }
}
