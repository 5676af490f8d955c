import { binanceFilesFormat } from './binance/binance-files.js'
import { binanceFormat } from './binance/binance-format.js'
import { coinbaseFormat } from './coinbase/coinbase-format.js'
import { arrowFormat, parquetFormat } from './columnar/import-tape.js'
import { csvFormat } from './csv/csv-format.js'
import { databentoFormat } from './databento/databento-format.js'
import { itchFormat } from './itch/itch-format.js'
import { leanFormat } from './lean/lean-format.js'
import { lobsterFormat } from './lobster/lobster-format.js'
import { nbboFormat } from './nbbo/nbbo-format.js'
import { tardisFormat } from './tardis/tardis-format.js'
import type { VendorFormat } from './vendor-format.js'

/** The vendors' formats that can be read, those that are plainest to tell first. A new reader is registered here. */
export const FORMATS: readonly VendorFormat[] = [
  parquetFormat,
  arrowFormat,
  databentoFormat,
  itchFormat,
  lobsterFormat,
  coinbaseFormat,
  binanceFormat,
  binanceFilesFormat,
  tardisFormat,
  leanFormat,
  nbboFormat,
  csvFormat
]
