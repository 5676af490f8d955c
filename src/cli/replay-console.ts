import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { parseDuration } from '../base/duration.js'
import { isoTime } from '../base/iso-time.js'
import { fromUnixNanos, nanos, type EpochSeconds, type Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import { parseTime } from '../venue/backtest/parse-time.js'
import type { ReplayControl } from '../venue/serve/replay-control.js'

const COMMANDS = `pause                     venue time stands still
resume                    and goes on
step [EVENTS]             feed so many events of the market (1), and pause
step DURATION             go on by 250ms, 10s, 5m, and pause
seek TIME                 go to 2012-06-21T13:45:00Z in venue time; back: as another day
seek +DURATION|-DURATION  go on or back by as much
loop on|off               whether tapes begin anew at their end
status                    what the replay is doing, and venue time
help                      this`

/**
 * Commands for a replay, a line each. Each is answered by a line: the state that it led to and venue time, or what was
 * expected. A seek or step is answered when it is there.
 */
export function replayConsole(
  input: Readable,
  output: Writable,
  replay: ReplayControl,
  epoch: EpochSeconds
): { close(): void } {
  const say = (text: string): void => void output.write(`${text}\n`)
  const status = (time = replay.time): void => say(`${replay.state} ${isoTime(time, epoch)}`)
  const lines = createInterface({ input })
  lines.on('line', (line) => {
    const words = line.trim().split(/\s+/)
    if (words[0] === '') return
    try {
      if (words[0] === 'help') return say(COMMANDS)
      const reached = obey(words, replay, epoch)
      if (reached === undefined) status()
      else void reached.then(status)
    } catch (error) {
      if (!(error instanceof UserError || error instanceof RangeError)) throw error
      say(`error: ${error.message}`)
    }
  })
  return { close: () => lines.close() }
}

/** @returns where the replay is on its way to another place: the time that it reaches */
function obey(
  [command, argument, ...more]: readonly string[],
  replay: ReplayControl,
  epoch: EpochSeconds
): Promise<Nanos> | undefined {
  const known = COMMANDS.split('\n').filter((each) => each.startsWith(`${command} `))
  const takesOne = command === 'step' || command === 'seek' || command === 'loop'
  if (known.length === 0) throw new UserError(`unknown command "${command}"; help lists them`)
  if (more.length > 0 || (argument !== undefined && !takesOne))
    throw new UserError(`expected ${known.map((each) => each.split('  ')[0]).join(' or ')}`)
  switch (command) {
    case 'pause':
      replay.pause()
      break
    case 'resume':
      replay.resume()
      break
    case 'step':
      return argument === undefined || /^-?\d+$/.test(argument)
        ? replay.stepEvents(Number(argument ?? 1))
        : replay.stepTime(durationOf(argument))
    case 'seek':
      return replay.seek(placeOf(argument ?? '', replay.time, epoch))
    case 'loop':
      if (argument !== 'on' && argument !== 'off') throw new UserError('expected loop on or loop off')
      replay.loop = argument === 'on'
  }
  return undefined
}

function durationOf(text: string): Nanos {
  const duration = parseDuration(text)
  if (duration !== undefined && duration > 0) return duration
  throw new UserError(`expected a number of events or a length of time such as 250ms, 10s or 5m, got "${text}"`)
}

function placeOf(text: string, now: Nanos, epoch: EpochSeconds): Nanos {
  const relative = /^([+-])(.+)$/.exec(text)
  const by = relative && parseDuration(relative[2])
  if (by !== null && by !== undefined) return nanos(relative?.[1] === '-' ? now - by : now + by)
  const unix = parseTime(text)
  if (unix === undefined) throw new UserError(`expected a time such as 2012-06-21T13:45:00Z or +10s, got "${text}"`)
  const time = fromUnixNanos(unix, epoch)
  if (Number.isSafeInteger(time)) return time
  throw new UserError(`${text} is more than 104 days away from the market`)
}
