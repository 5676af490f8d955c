import { DerivedTable } from './derived-table.js'

/*
 * Tables for people, made from the log: any SQLite tool reads them. Prices and quantities are decimal text exactly as the
 * instrument has them, times are ISO 8601 in UTC with nanoseconds. SCHEMA.md explains every column.
 */

/** One row per order, as it stands. */
export const ORDERS = new DerivedTable('orders', {
  order_id: 'INTEGER NOT NULL PRIMARY KEY',
  session: 'INTEGER NOT NULL',
  cl_ord_id: 'TEXT NOT NULL',
  symbol: 'TEXT NOT NULL',
  side: 'TEXT NOT NULL',
  ord_type: 'TEXT NOT NULL',
  time_in_force: 'TEXT NOT NULL',
  order_qty: 'TEXT NOT NULL',
  price: 'TEXT',
  ord_status: 'TEXT NOT NULL',
  cum_qty: 'TEXT NOT NULL',
  leaves_qty: 'TEXT NOT NULL',
  avg_px: 'TEXT',
  fills: 'INTEGER NOT NULL',
  entered_at: 'TEXT NOT NULL',
  changed_at: 'TEXT NOT NULL',
  tags: 'TEXT NOT NULL',
  qualifiers: 'TEXT'
})

/** One row per event that changed an order. */
export const EXECUTIONS = new DerivedTable('executions', {
  exec_id: 'INTEGER NOT NULL PRIMARY KEY',
  turn: 'INTEGER NOT NULL',
  time: 'TEXT NOT NULL',
  published_at: 'TEXT NOT NULL',
  exec_type: 'TEXT NOT NULL',
  ord_status: 'TEXT NOT NULL',
  order_id: 'INTEGER NOT NULL',
  session: 'INTEGER NOT NULL',
  cl_ord_id: 'TEXT NOT NULL',
  orig_cl_ord_id: 'TEXT',
  symbol: 'TEXT NOT NULL',
  side: 'TEXT NOT NULL',
  last_qty: 'TEXT',
  last_px: 'TEXT',
  liquidity: 'TEXT',
  commission: 'TEXT',
  cum_qty: 'TEXT NOT NULL',
  leaves_qty: 'TEXT NOT NULL',
  avg_px: 'TEXT',
  queue_ahead: 'TEXT',
  text: 'TEXT'
})

/** One row per command. */
export const REQUESTS = new DerivedTable('requests', {
  request: 'INTEGER NOT NULL PRIMARY KEY',
  turn: 'INTEGER NOT NULL',
  time: 'TEXT NOT NULL',
  kind: 'TEXT NOT NULL',
  session: 'INTEGER',
  cl_ord_id: 'TEXT',
  orig_cl_ord_id: 'TEXT',
  symbol: 'TEXT',
  side: 'TEXT',
  ord_type: 'TEXT',
  time_in_force: 'TEXT',
  order_qty: 'TEXT',
  price: 'TEXT',
  tags: 'TEXT',
  qualifiers: 'TEXT',
  text: 'TEXT'
})

/** One row per order or request that was rejected. */
export const REJECTIONS = new DerivedTable('rejections', {
  exec_id: 'INTEGER NOT NULL PRIMARY KEY',
  turn: 'INTEGER NOT NULL',
  time: 'TEXT NOT NULL',
  published_at: 'TEXT NOT NULL',
  request: 'TEXT NOT NULL',
  session: 'INTEGER NOT NULL',
  cl_ord_id: 'TEXT NOT NULL',
  orig_cl_ord_id: 'TEXT',
  order_id: 'INTEGER',
  code: 'TEXT NOT NULL',
  text: 'TEXT NOT NULL'
})

/** One row per FIX message, both ways. */
export const MESSAGES = new DerivedTable('messages', {
  message: 'INTEGER NOT NULL PRIMARY KEY',
  turn: 'INTEGER NOT NULL',
  session: 'INTEGER NOT NULL',
  direction: 'TEXT NOT NULL',
  msg_seq_num: 'INTEGER',
  msg_type: 'TEXT',
  wall_time: 'TEXT NOT NULL',
  venue_time: 'TEXT NOT NULL',
  text: 'TEXT NOT NULL'
})

/** One row per change of the best bid or offer in an instrument that is watched. */
export const MARKS = new DerivedTable('marks', {
  mark: 'INTEGER NOT NULL PRIMARY KEY',
  turn: 'INTEGER NOT NULL',
  time: 'TEXT NOT NULL',
  symbol: 'TEXT NOT NULL',
  bid_price: 'TEXT',
  bid_qty: 'TEXT',
  ask_price: 'TEXT',
  ask_qty: 'TEXT'
})

/** One row per market print in an instrument that is watched. */
export const PRINTS = new DerivedTable('prints', {
  print: 'INTEGER NOT NULL PRIMARY KEY',
  turn: 'INTEGER NOT NULL',
  time: 'TEXT NOT NULL',
  symbol: 'TEXT NOT NULL',
  price: 'TEXT NOT NULL',
  qty: 'TEXT NOT NULL'
})

export const DERIVED_TABLES = [ORDERS, EXECUTIONS, REQUESTS, REJECTIONS, MESSAGES, MARKS, PRINTS] as const

export const DERIVED_INDEXES = `
CREATE INDEX executions_by_order ON executions (order_id);
CREATE INDEX requests_by_id ON requests (session, cl_ord_id);
`
