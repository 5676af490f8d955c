import type { AgentMix } from './scenario.js'

/** What agents of a kind are like where a scenario does not say: a liquid stock with a tick of 0.01. */
export const AGENT_DEFAULTS = {
  zeroIntelligence: {
    count: 1,
    limitRate: 0.6,
    marketRate: 0.5,
    cancelRate: 0.15,
    band: 12,
    decay: 0.3,
    size: 120,
    sizes: 'exponential'
  },
  marketMakers: {
    count: 3,
    riskAversion: 0.05,
    fillDecay: 1,
    horizon: 20,
    size: 300,
    levels: 3,
    refresh: 0.4,
    maxInventory: 8,
    conviction: 0.7
  },
  momentum: { count: 1, refresh: 1, window: 20, threshold: 3, size: 150, maxInventory: 1500 },
  meanReversion: { count: 1, refresh: 1.5, window: 60, threshold: 4, size: 150, maxInventory: 1500 },
  takers: { count: 1, rate: 0.6, branching: 0.5, decay: 2, size: 140, informed: 0.6, scale: 4 }
} as const satisfies AgentMix
