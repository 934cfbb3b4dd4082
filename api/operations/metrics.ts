import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type HttpDurations, httpDurations } from './http-durations.ts'

/** What the composition counts. No label ever holds anything that a caller sent. */
export type Metrics = {
  readonly http: HttpDurations
  /** `outcome` is a constant of ours: `authenticated`, `invalid_credentials`, `locked_out`, … */
  readonly loginEnded: (outcome: string) => void
  readonly lockBegan: () => void
  readonly hashWaited: (seconds: number) => void
  readonly groupAppended: (events: number) => void
  readonly storeFailed: (kind: string) => void
  /** Read when somebody scrapes. */
  readonly watchHashQueue: (length: () => number) => void
  readonly watchProjection: (name: string, position: () => number) => void
  readonly watchLog: (position: () => number) => void
  /** Prometheus text format, version 0.0.4. */
  readonly render: () => Promise<string>
}

/** A registry of its own, so that an embedding application keeps the global one. */
export const createMetrics = (): Metrics => {
  const register = new Registry()
  const registers = [register]
  const http = httpDurations()
  const projections = new Map<string, () => number>()
  collectDefaultMetrics({ register })

  const logins = new Counter({ name: 'gatebook_logins_total', help: 'Log-ins by outcome.', labelNames: ['outcome'], registers })
  const locks = new Counter({ name: 'gatebook_locks_total', help: 'Locks begun.', registers })
  const failures = new Counter({
    name: 'gatebook_store_failures_total',
    help: 'Failures of the event store.',
    labelNames: ['kind'],
    registers,
  })
  const waits = new Histogram({
    name: 'gatebook_hash_wait_seconds',
    help: 'Time in the queue before the hash.',
    buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const groups = new Histogram({
    name: 'gatebook_append_group_events',
    help: 'Events in one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  new Gauge({
    name: 'gatebook_projection_position',
    help: 'The log position that a read model has reached.',
    labelNames: ['projection'],
    registers,
    collect() {
      for (const [projection, position] of projections) this.set({ projection }, position())
    },
  })
  const watch = (name: string, help: string) => (read: () => number) => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }

  return {
    http,
    loginEnded: (outcome) => logins.inc({ outcome }),
    lockBegan: () => locks.inc(),
    hashWaited: (seconds) => waits.observe(seconds),
    groupAppended: (events) => groups.observe(events),
    storeFailed: (kind) => failures.inc({ kind }),
    watchHashQueue: watch('gatebook_hash_queue_length', 'Passwords that wait for the hash.'),
    watchProjection: (name, position) => void projections.set(name, position),
    watchLog: watch('gatebook_log_position', 'The position of the newest event.'),
    render: async () => http.render() + (await register.metrics()),
  }
}
