import { Presets, SingleBar } from 'cli-progress'

export interface ProgressBar {
  update(value: number): void
  stop(): void
}

const SILENT: ProgressBar = { update: () => undefined, stop: () => undefined }

/** A bar on stderr for long work, from `start` to `end`; nothing where stderr is no terminal. */
export function progressBar(label: string, start: number, end: number): ProgressBar {
  if (!process.stderr.isTTY || end <= start) return SILENT
  const bar = new SingleBar(
    { format: `${label} {bar} {percentage}% {eta_formatted}`, stream: process.stderr, clearOnComplete: true, fps: 10 },
    Presets.shades_classic
  )
  bar.start(end - start, 0)
  return {
    update: (value) => bar.update(Math.min(value, end) - start),
    stop: () => bar.stop()
  }
}
