import pino, { type Logger } from 'pino'

/** The log of a command: JSON lines on stderr, or lines for people where stderr is a terminal. */
export async function createLogger(level: string): Promise<Logger> {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }))
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ destination: 2, sync: true, translateTime: 'HH:MM:ss.l' }))
}
