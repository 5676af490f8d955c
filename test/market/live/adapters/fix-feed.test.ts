import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeBroker } from '../support/fake-broker.js'
import { FeedTrial } from '../support/feed-under-test.js'
import { FIX_SUBJECT } from '../support/fix-subject.js'

describe('a broker’s session', () => {
  let trial: FeedTrial<FakeBroker>
  let broker: FakeBroker

  beforeEach(async () => {
    trial = await FeedTrial.open(FIX_SUBJECT)
    broker = trial.exchange
    await trial.connect()
  })

  afterEach(() => trial.close())

  const resent = (): readonly string[] => broker.crossed.filter((text) => /\|35=X\|.*\|43=Y\|/.test(text))

  it('has what was lost sent again (43=Y), which is of the book before the loss: a new one is asked for, and nothing told twice', async () => {
    const from = trial.bench.venue.told.length
    broker.next('never')
    broker.change([['100.10', '2']])
    broker.change([['100.09', '4']])
    await trial.bench.until(() => resent().length === 2)
    await trial.recover()
    const again = trial.bench.venue.told.slice(from).filter((text) => /^bid|^ask/.test(text))
    expect([again, trial.wrong, trial.bench.feed?.status.losses]).toEqual([[], [], 1])
  })

  it('leaves out a message below the expected number that says that it is sent again, and goes on', async () => {
    broker.next('never')
    broker.change([['100.10', '2']])
    broker.change([['100.09', '4']])
    await trial.bench.until(() => resent().length === 2)
    await trial.recover()
    broker.again()
    broker.change([['100.09', '5']])
    await trial.bench.until(() => trial.same)
    expect(broker.crossed.at(-2)).toContain('|43=Y|')
    expect(trial.bench.feed?.status).toMatchObject({ connections: 1, losses: 1 })
  })

  it('loses the book by a message that the dictionary does not allow, as whatever it changed is missing', async () => {
    broker.sendWrong([['100.10', '2']])
    await trial.bench.until(() => trial.bench.log.includes('gap ACME: a message cannot be read'))
    await trial.recover()
    expect(trial.wrong).toEqual([])
  })
})
