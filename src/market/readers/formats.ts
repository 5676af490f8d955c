import { binanceFormat } from './binance/binance-format.js'
import { binanceFilesFormat } from './binance/binance-files.js'
import { databentoFormat } from './databento/databento-format.js'
import { itchFormat } from './itch/itch-format.js'
import { leanFormat } from './lean/lean-format.js'
import { lobsterFormat } from './lobster/lobster-format.js'
import { nbboFormat } from './nbbo/nbbo-format.js'
import { tardisFormat } from './tardis/tardis-format.js'
import type { VendorFormat } from './vendor-format.js'

/** The vendors' formats that can be read. A new reader is registered here. */
export const FORMATS: readonly VendorFormat[] = [
  lobsterFormat,
  databentoFormat,
  itchFormat,
  binanceFormat,
  binanceFilesFormat,
  tardisFormat,
  leanFormat,
  nbboFormat
]
