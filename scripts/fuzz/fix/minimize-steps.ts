import { replay } from './episode.js'
import { type DeskKind } from './fuzz-desk.js'
import { type Step } from './step.js'

/** The fewest of these steps, by leaving out ever smaller parts, that fail in the same way. */
export function minimizeSteps(kind: DeskKind, steps: readonly Step[], failure: string): readonly Step[] {
  const fails = (candidate: readonly Step[]): boolean =>
    replay(kind, candidate)?.split('\n')[0] === failure.split('\n')[0]
  let smallest = steps
  for (let size = Math.ceil(smallest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length;) {
      const candidate = [...smallest.slice(0, at), ...smallest.slice(at + size)]
      if (fails(candidate)) smallest = candidate
      else at += size
    }
  }
  return smallest
}
