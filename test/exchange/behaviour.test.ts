import { describe } from 'vitest'
import { acceptance } from './behaviour/acceptance.js'
import { bestQuote } from './behaviour/best-quote.js'
import { chains } from './behaviour/chains.js'
import { clientsMeet } from './behaviour/clients-meet.js'
import { consumption } from './behaviour/consumption.js'
import { crossing } from './behaviour/crossing.js'
import { dayAndSession } from './behaviour/day-and-session.js'
import { exactness } from './behaviour/exactness.js'
import { icebergs } from './behaviour/icebergs.js'
import { latency } from './behaviour/latency.js'
import { levelQueue } from './behaviour/level-queue.js'
import { marketData } from './behaviour/market-data.js'
import { orderQueue } from './behaviour/order-queue.js'
import { orderTypes } from './behaviour/order-types.js'
import { pegs } from './behaviour/pegs.js'
import { phases } from './behaviour/phases.js'
import { prints } from './behaviour/prints.js'
import { qualifiers } from './behaviour/qualifiers.js'
import { selfMatch } from './behaviour/self-match.js'
import { stops } from './behaviour/stops.js'
import { traps } from './behaviour/traps.js'
import { implementations } from './support/implementations.js'

const behaviours = [
  acceptance,
  orderTypes,
  consumption,
  clientsMeet,
  levelQueue,
  orderQueue,
  bestQuote,
  prints,
  crossing,
  chains,
  dayAndSession,
  latency,
  marketData,
  exactness,
  stops,
  pegs,
  icebergs,
  qualifiers,
  selfMatch,
  phases,
  traps
]

describe.each(implementations)('$name', ({ factory }) => {
  for (const behaviour of behaviours) behaviour(factory)
})
