import type { Task } from 'fp-ts/lib/Task.js'
import { shredUnknownCallers } from '../../application/login/shred-unknown-callers.ts'
import type { Ports } from '../../application/needs.ts'
import { sweepOutbox } from '../mail/sweep-outbox.ts'

/** Milliseconds between two records of what was refused. */
const refusalWindow = 60_000

/** Milliseconds between two cleanups of the outbox. */
const sweepEvery = 3_600_000

/** Milliseconds between two looks for keys of unknown callers that are due. */
const shredEvery = 86_400_000

type Jobs = {
  readonly ports: Ports
  readonly run: (task: Task<unknown>) => void
  readonly dataDir: string
  readonly recordRefusals: () => Promise<unknown>
  readonly evict: (person: string) => void
  readonly retentionDays: number
}

/** `sweep` and `shred` do their work now; the timers repeat it until `stop`. */
export function periodicJobs({ ports, run, dataDir, recordRefusals, evict, retentionDays }: Jobs) {
  const sweep = () => run(() => sweepOutbox({ dataDir, now: ports.journal.now }))
  const shred = () =>
    run(async () => {
      const { due, owed } = await shredUnknownCallers(ports, retentionDays)
      // Another node may have deleted them.
      for (const person of due) evict(person)
      if (owed > 0) throw new Error(`${owed} keys of unknown callers could not be deleted: they are tried again in a day`)
    })
  const timers = [setInterval(() => void recordRefusals(), refusalWindow), setInterval(sweep, sweepEvery), setInterval(shred, shredEvery)]
  for (const timer of timers) timer.unref()
  return {
    sweep,
    shred,
    stop: () => {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
