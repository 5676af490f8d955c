// Loaded into the venue's process in front of it: tells the process that started it how it is doing, when asked. The
// venue itself is as it always is.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
let cpu = process.cpuUsage()

// The longest time that the loop did not come around, and how much of it the process was computing: the rest it waited
// for the disk or for a processor.
let worst = { late: 0, computing: 0 }
let last = { at: performance.now(), cpu: process.cpuUsage() }
setInterval(() => {
  const now = { at: performance.now(), cpu: process.cpuUsage() }
  const late = now.at - last.at
  const computing = (now.cpu.user + now.cpu.system - last.cpu.user - last.cpu.system) / 1e3
  if (late > worst.late) worst = { late, computing }
  last = now
}, 5).unref()

process.on('message', () => {
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage(cpu)
  cpu = process.cpuUsage()
  process.send?.({
    rss,
    heapUsed,
    external,
    sockets: process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length,
    processorSeconds: (user + system) / 1e6,
    // What the loop came late, in ms; the timer's own resolution is taken off.
    worst,
    delay: [50, 99, 100].map((percentile) => Math.max(delay.percentile(percentile) / 1e6 - 1, 0))
  })
  // What the collection cost the loop is no part of what comes next.
  setTimeout(() => {
    delay.reset()
    worst = { late: 0, computing: 0 }
  }, 50)
})
process.channel?.unref()
