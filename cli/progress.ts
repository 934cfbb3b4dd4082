import type { Writable } from 'node:stream'
import { SingleBar } from 'cli-progress'
import { progressLines } from '../infrastructure/observability/progress-lines.ts'

export type ProgressDisplay = { readonly update: (done: number, total: number) => void; readonly stop: () => void }

const bar = (out: NodeJS.WritableStream, title: string, unit: string): ProgressDisplay => {
  const single = new SingleBar({
    format: `${title} {bar} {percentage}%  {value}/{total} ${unit}, {eta_formatted} left`,
    stream: out,
    hideCursor: true,
  })
  let started = false
  return {
    update: (done, total) => {
      if (!started) single.start(total, done)
      started = true
      single.update(done)
    },
    stop: () => single.stop(),
  }
}

export function progressOn(out: Writable & { readonly isTTY?: boolean }, title: string, unit = 'events'): ProgressDisplay {
  return out.isTTY === true
    ? bar(out, title, unit)
    : { update: progressLines((line) => out.write(line), title, undefined, unit), stop: () => {} }
}
