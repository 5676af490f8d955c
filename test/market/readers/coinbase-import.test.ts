import { describe, expect, it } from 'vitest'
import { failure, imported } from '../support/imported.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()

function at(micros: number): string {
  return `2024-08-08T00:00:00.${String(micros).padStart(6, '0')}Z`
}

const SNAPSHOT = JSON.stringify({
  type: 'snapshot',
  product_id: 'BTC-EUR',
  bids: [
    ['100.10', '1.5'],
    ['100.00', '2']
  ],
  asks: [['100.20', '3']]
})

function update(micros: number, ...changes: readonly (readonly [string, string, string])[]): string {
  return JSON.stringify({ type: 'l2update', product_id: 'BTC-EUR', time: at(micros), changes })
}

function match(micros: number, id: number, side: string, more: object = {}): string {
  const trade = {
    type: 'match',
    trade_id: id,
    side,
    size: '0.5',
    price: '100.10',
    product_id: 'BTC-EUR',
    time: at(micros)
  }
  return JSON.stringify({ ...trade, ...more })
}

describe('a recording of Coinbase’s feed', () => {
  it('reads the snapshot, updates and matches; the side of a match is the resting order’s', async () => {
    const { told, instruments, summary } = await imported(temporary, {
      'feed.jsonl': [
        JSON.stringify({ type: 'subscriptions', channels: [{ name: 'level2', product_ids: ['BTC-EUR'] }] }),
        match(0, 1, 'buy', { type: 'last_match' }),
        update(500, ['buy', '100.10', '9']),
        SNAPSHOT,
        update(1000, ['buy', '100.10', '1.25'], ['sell', '100.20', '0']),
        match(1000, 2, 'buy'),
        match(2000, 4, 'sell')
      ]
    })
    expect([summary.format, instruments[0]]).toEqual([
      'coinbase',
      {
        symbol: 'BTC-EUR',
        tickSize: '0.1',
        lotSize: '0.01',
        priceScale: 1,
        quantityScale: 2,
        feed: 'l2',
        currency: 'EUR'
      }
    ])
    expect(told).toEqual([
      '0.5 level 1 1001 150',
      '0.5 level 1 1000 200',
      '0.5 level -1 1002 300',
      '0.5 eventEnd',
      '1 level 1 1001 125',
      '1 level -1 1002 0',
      '1 eventEnd',
      '1 trade -1 1001 50',
      '1 eventEnd',
      '2 trade 1 1001 50',
      '2 eventEnd'
    ])
    expect(summary.counts).toMatchObject({ beforeSnapshot: 1, tradesBefore: 1, missingTrades: 1, otherMessages: 1 })
  })

  it('gives a snapshot without a time that of the message behind it', async () => {
    const { told } = await imported(temporary, { 'feed.jsonl': [SNAPSHOT, update(700, ['sell', '100.20', '1'])] })
    expect(told).toEqual([
      '0.7 level 1 1001 15',
      '0.7 level 1 1000 20',
      '0.7 level -1 1002 30',
      '0.7 eventEnd',
      '0.7 level -1 1002 10',
      '0.7 eventEnd'
    ])
  })

  const advanced = (sequence: number, channel: string, event: object): string =>
    JSON.stringify({ channel, client_id: '', timestamp: at(sequence * 1000), sequence_num: sequence, events: [event] })
  const level = (side: string, price: string, quantity: string): object => ({
    side,
    event_time: at(1),
    price_level: price,
    new_quantity: quantity
  })
  const book = (sequence: number, type: string, ...updates: object[]): string =>
    advanced(sequence, 'l2_data', { type, product_id: 'BTC-USD', updates })

  it('reads the Advanced Trade feed, whose trades are told latest first', async () => {
    const trade = (id: string, side: string): object => ({
      trade_id: id,
      product_id: 'BTC-USD',
      price: '100',
      size: '1',
      side,
      time: at(2500)
    })
    const { told } = await imported(temporary, {
      'feed.jsonl': [
        book(0, 'snapshot', level('bid', '100', '2'), level('offer', '101', '2')),
        advanced(1, 'market_trades', { type: 'snapshot', trades: [trade('1', 'BUY')] }),
        book(2, 'update', level('offer', '101', '1')),
        advanced(3, 'market_trades', { type: 'update', trades: [trade('3', 'SELL'), trade('2', 'BUY')] })
      ]
    })
    expect(told.filter((each) => !each.includes('eventEnd'))).toEqual([
      '0 level 1 100 2',
      '0 level -1 101 2',
      '2 level -1 101 1',
      '2.5 trade -1 100 1',
      '2.5 trade 1 100 1'
    ])
  })

  it('makes the book void where a message is missing, until there is a snapshot', async () => {
    const lines = [
      book(0, 'snapshot', level('bid', '100', '2')),
      book(2, 'update', level('bid', '100', '1')),
      book(3, 'update', level('bid', '100', '4')),
      book(4, 'snapshot', level('bid', '100', '3'))
    ]
    const { told, summary } = await imported(temporary, { 'feed.jsonl': lines })
    expect(told.filter((each) => !each.includes('eventEnd'))).toEqual(['0 level 1 100 2', '0 clear', '4 level 1 100 3'])
    expect(summary.counts).toMatchObject({ gap: 1, beforeSnapshot: 2 })
    expect(await failure(temporary, { 'feed.jsonl': lines }, { onError: 'stop' })).toBe(
      'feed.jsonl:2:1 expected message 1, got 2 (--on-error skip or repair goes on)'
    )
  })
})
