import type { Logger } from 'pino'
import { epochOf } from '../../base/time.js'
import { loadDictionary } from '../../fix/dictionary/load-dictionary.js'
import { DEFAULT_CONFIG, type VenueConfig } from '../config/venue-config.js'
import { serve } from '../serve/serve.js'
import { VENUE_DICTIONARY } from '../serve/venue-dictionary.js'
import { SampleOms } from './sample-oms.js'
import { Twap, type TwapOrder } from './twap.js'

/** Venue time runs this much faster than the clock, so that a quarter of an hour of trading fits into the demo. */
export const DEMO_SPEED = 30

export const DEMO_ORDER: TwapOrder = {
  parentId: 'TWAP-1',
  symbol: 'AAPL',
  side: '1',
  quantity: 6_000,
  slices: 15,
  interval: 1_500
}

/** What the demo tells while it runs. */
export interface DemoListener {
  listening(host: string, port: number): void
  loggedOn(): void
  progress(slice: number, executed: number): void
}

/** A venue on a free port, a sample OMS that logs on over TCP and works a TWAP parent order, everything in `journal`. */
export async function runDemo(journal: string, log: Logger, listener: DemoListener): Promise<void> {
  const config: VenueConfig = {
    ...DEFAULT_CONFIG,
    fix: { ...DEFAULT_CONFIG.fix, port: 0 },
    speed: DEMO_SPEED,
    journal: { path: journal }
  }
  const venue = await serve(config, log, (error) => {
    throw error
  })
  listener.listening(venue.host, venue.port)
  const oms = new SampleOms(loadDictionary(VENUE_DICTIONARY), epochOf(Date.now()))
  try {
    await oms.logon(venue.host, venue.port)
    listener.loggedOn()
    await new Twap(oms, DEMO_ORDER).run(({ slice, executed }) => listener.progress(slice, executed))
    await oms.logout()
  } finally {
    await venue.close()
  }
}
