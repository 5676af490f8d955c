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
  })

  afterEach(() => trial.close())

  const resent = (): readonly string[] => broker.crossed.filter((text) => /\|35=X\|.*\|43=Y\|/.test(text))

  it('has what was lost sent again (43=Y), which is of the book before the loss: a new one is asked for, and nothing told twice', async () => {
    await trial.connect()
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
    await trial.connect()
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
    await trial.connect()
    broker.sendWrong([['100.10', '2']])
    await trial.bench.until(() => trial.bench.log.includes('gap ACME: a message cannot be read'))
    await trial.recover()
    expect(trial.wrong).toEqual([])
  })

  it('says why a Logon is refused, and tries again', async () => {
    broker.refusesLogon = 'the password is wrong'
    trial.bench.feed?.start()
    await trial.bench.until(() => trial.bench.log.some((line) => line.includes('the password is wrong')))
    broker.refusesLogon = undefined
    trial.bench.pass(1)
    await trial.recover()
  })

  it('says why a book is refused, and asks again', async () => {
    broker.refusesBook = 'not entitled'
    trial.bench.feed?.start()
    await trial.bench.until(() => trial.bench.log.includes('refused ACME: not entitled'))
    expect(trial.bench.feed?.status.instruments).toMatchObject([{ reason: 'refused by the broker: not entitled' }])
    broker.refusesBook = undefined
    await trial.recover()
  })
})
