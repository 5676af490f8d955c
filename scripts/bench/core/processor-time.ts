/**
 * How much of something was done per second of processor time, all threads of the process counted (garbage collection
 * has its own). Other programs on the machine disturb that far less than the wall clock, which on an idle machine
 * shows the same or a little more.
 */
export function ratePerProcessorSecond(count: number, work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (count * 1e6) / (user + system)
}
