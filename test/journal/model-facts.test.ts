import { describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../src/base/time.js'
import { type ModelSettings } from '../../src/exchange/models/settings.js'
import { differences, formatFacts, parseFacts } from '../../src/journal/facts.js'
import { type SessionFacts } from '../../src/journal/journal.js'
import { DEFAULT_CONFIG } from '../../src/venue/config/venue-config.js'

const facts = (models: ModelSettings): SessionFacts => ({
  epoch: 0,
  wallEpoch: 0,
  instruments: [],
  models,
  market: { kind: 'synthetic', seed: 1, start: nanos(0) }
})

const { preset, queue, latency, seed } = DEFAULT_CONFIG.models

describe('the models of a journal', () => {
  it('survive being written, infinite half-lives too', () => {
    const models: ModelSettings = { ...DEFAULT_CONFIG.models, refill: { probability: 0.3, halfLife: 'never' } }
    expect(parseFacts(formatFacts(facts(models)))).toEqual(facts(models))
  })

  it('that say nothing of refill and reaction are those with the defaults', () => {
    expect(differences(facts({ preset, queue, latency, seed }), facts(DEFAULT_CONFIG.models))).toEqual([])
  })

  it('are told apart in every parameter', () => {
    const changed: ModelSettings = {
      ...DEFAULT_CONFIG.models,
      refill: { probability: 0.4, halfLife: nanos(5 * SECOND) },
      impact: { GOOG: { volatility: 0.01, averageDailyVolume: 1000 } }
    }
    expect(differences(facts(DEFAULT_CONFIG.models), facts(changed))).toEqual([
      'models.refill.halfLife is 5000000000, recorded was 20000000000',
      'models.impact is {"GOOG":{"volatility":0.01,"averageDailyVolume":1000}}, recorded was absent'
    ])
  })
})
