/**
 * The median time to an event when some were still waiting as watching ended (a canceled order has no fill time, only
 * the knowledge that it took longer): Kaplan and Meier (1958), the first time at which at most half are still waiting.
 * @param waited how long each was watched
 * @param happened 1 where the event ended the watching, 0 where it was censored
 * @returns undefined where more than half outlasted the watching
 */
export function censoredMedian(waited: Float64Array, happened: Uint8Array): number | undefined {
  const rows = Uint32Array.from(waited, (_, row) => row)
  // At equal times events come before censorings: who left at t was still at risk at t.
  rows.sort((a, b) => waited[a] - waited[b] || happened[b] - happened[a])
  let waiting = 1
  for (let i = 0; i < rows.length; i++) {
    if (happened[rows[i]] === 0) continue
    const atRisk = rows.length - i
    waiting *= (atRisk - 1) / atRisk
    // A half reached by products of fractions may miss 0.5 by a rounding.
    if (waiting <= 0.5 + 1e-12) return waited[rows[i]]
  }
  return undefined
}
