import { nanos, type Clock, type EpochSeconds } from '../../src/base/time.js'
import type { Exchange } from '../../src/exchange/exchange.js'
import { instrument, type InstrumentTerms } from '../../src/exchange/instrument.js'
import { createExchange } from '../../src/exchange/matching-exchange.js'
import type { ModelSettings } from '../../src/exchange/models/settings.js'
import { instrumentNo } from '../../src/exchange/units.js'
import { Gateway } from '../../src/gateway/gateway.js'

const MODELS: ModelSettings = {
  preset: 'consume',
  queue: { kind: 'riskAverse' },
  latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
  seed: 1
}

/** The venue's gateway in front of its exchange, without journal, market and sockets. Its times are those of `clock`. */
export class GatewayVenue {
  readonly exchange: Exchange
  readonly gateway: Gateway
  /** False: the venue is about to close. */
  takesOrders = true
  #commands = 0

  constructor(
    clock: Clock,
    epoch: EpochSeconds,
    terms: readonly InstrumentTerms[],
    models: Partial<ModelSettings> = {}
  ) {
    const instruments = terms.map((each, no) => instrument(instrumentNo(no), each))
    const exchange = createExchange({
      instruments,
      models: { ...MODELS, ...models },
      listener: { onEvent: (event) => this.gateway.onEvent(event) }
    })
    this.exchange = exchange
    this.gateway = new Gateway({
      instruments,
      epoch,
      preset: 'consume',
      arrive: () => clock.now(),
      submit: (command) => {
        this.#commands++
        exchange.submit(command)
      },
      commandCount: () => this.#commands,
      findOrder: (session, clOrdId) => exchange.findOrder(session, clOrdId),
      requestUnderWay: (session, clOrdId) => exchange.requestUnderWay(session, clOrdId),
      takesOrders: () => this.takesOrders
    })
  }
}
