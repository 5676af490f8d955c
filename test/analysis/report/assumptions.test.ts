import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { assumptions } from '../../../src/analysis/report/assumptions.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { ACME, fakeSession } from '../support/fake-session.js'

const queue = (...feeds: ('l1' | 'l2' | 'l3')[]) => {
  const session = fakeSession(feeds.map((feed, i) => ({ ...ACME, symbol: `S${i}`, feed })))
  return Object.fromEntries(assumptions(analyseCosts(readRecording(session)))).Queue
}

describe('assumptions', () => {
  it('name the queue model where places are estimated, and say where they are known', () => {
    expect(queue('l2', 'l1')).toBe('risk-averse: a resting order advances by prints only.')
    expect(queue('l3')).toBe('the feed tells every order, so places in the queue are known, not estimated.')
    expect(queue('l2', 'l3')).toBe(
      'risk-averse: a resting order advances by prints only; in S1 the feed tells every order, so places in the queue are known, not estimated.'
    )
  })
})
