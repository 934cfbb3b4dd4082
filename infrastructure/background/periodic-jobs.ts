import type { Task } from 'fp-ts/lib/Task.js'
import { recordDueRotations } from '../../application/identities/rotate-key.ts'
import { shredUnknownCallers } from '../../application/login/shred-unknown-callers.ts'
import type { Ports } from '../../application/needs.ts'
import type { EventStore, PayloadErasure } from '../../application/ports/event-store.ts'
import type { Fingerprint } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { sweepOutbox } from '../mail/sweep-outbox.ts'
import { eraseAttemptsJob } from './erase-attempts-job.ts'
import { type Retention, retentionJob } from './retention-job.ts'

/** Milliseconds between two records of what was refused. */
const refusalWindow = 60_000

/** Milliseconds between two looks for rotations whose deadline has passed. */
const rotationsEvery = 10_000

/** Milliseconds between two cleanups of the outbox. */
const sweepEvery = 3_600_000

/** Milliseconds between two looks at the age of the key of access tokens. */
const renewEvery = 3_600_000

/** Milliseconds, also between two looks for what is due about unknown callers and names. */
const day = 86_400_000

type Jobs = {
  readonly ports: Ports
  readonly run: (task: Task<unknown>) => void
  readonly dataDir: string
  readonly sweepBlobs: () => Promise<unknown>
  readonly recordRefusals: () => Promise<unknown>
  readonly evict: (person: string) => void
  readonly retentionDays: number
  readonly retention: Retention
  /** Identities whose rotation took effect and is not recorded yet. */
  readonly dueRotations: (at: Instant) => readonly Fingerprint[]
  /** Replaces the key of access tokens if it is old. Undefined where that is not scheduled. */
  readonly renewSigningKey: (() => Promise<unknown>) | undefined
  /** Undefined where the log cannot be rewritten. */
  readonly log: (EventStore & PayloadErasure) | undefined
}

/** `sweep`, `shred`, `erase` and `renew` do their work now; the timers repeat it until `stop`. */
export function periodicJobs({
  ports,
  run,
  dataDir,
  sweepBlobs,
  recordRefusals,
  evict,
  retentionDays,
  retention,
  dueRotations,
  renewSigningKey,
  log,
}: Jobs) {
  const sweep = () => run(() => sweepOutbox({ dataDir, now: ports.journal.now }))
  const shred = () =>
    run(async () => {
      const { due, owed } = await shredUnknownCallers(ports, retentionDays)
      // Another node may have deleted them.
      for (const person of due) evict(person)
      if (owed > 0) throw new Error(`${owed} keys of unknown callers could not be deleted: they are tried again in a day`)
    })
  const attempts = log && eraseAttemptsJob(ports, log, retentionDays * day)
  const origins = log && retentionJob(ports, log, retention)
  const erase = () => {
    if (attempts !== undefined) run(attempts.run)
    if (origins !== undefined) run(origins.run)
  }
  const rotate = () => run(() => recordDueRotations(ports, dueRotations(ports.journal.now())))
  const renew = () => renewSigningKey && run(renewSigningKey)
  const timers = [
    setInterval(() => void recordRefusals(), refusalWindow),
    setInterval(rotate, rotationsEvery),
    setInterval(sweep, sweepEvery),
    setInterval(() => run(sweepBlobs), day),
    setInterval(shred, day),
    setInterval(erase, day),
    setInterval(renew, renewEvery),
  ]
  for (const timer of timers) timer.unref()
  return {
    sweep,
    shred,
    erase,
    renew,
    stop: () => {
      attempts?.stop()
      origins?.stop()
      for (const timer of timers) clearInterval(timer)
    },
  }
}
