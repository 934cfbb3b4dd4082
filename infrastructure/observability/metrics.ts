import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type HttpDurations, httpDurations } from './http-durations.ts'

/** What can be read when somebody scrapes. */
export type Reading = () => number | Promise<number>

/** What the composition counts. No label ever holds anything that a caller sent. */
export type Metrics = {
  readonly http: HttpDurations
  readonly passwordsSettled: (outcome: 'accepted' | 'rejected' | 'refused', count: number) => void
  readonly lockBegan: () => void
  readonly codesSettled: (outcome: 'accepted' | 'rejected' | 'refused') => void
  readonly codeLockBegan: () => void
  readonly codeSent: (outcome: 'delivered' | 'undelivered') => void
  readonly mailSent: (outcome: 'delivered' | 'undelivered') => void
  readonly groupAppended: (events: number) => void
  /** `kind` is one of the closed union of the log's failures. */
  readonly storeFailed: (kind: string) => void
  readonly hashRefused: () => void
  readonly watchHashing: (slots: Reading) => void
  readonly watchReadModels: (position: Reading) => void
  readonly watchLog: (position: Reading) => void
  /** Seconds; infinite while the read models were never known to hold everything. */
  readonly watchStaleness: (seconds: Reading) => void
  readonly watchLag: (positions: Reading) => void
  readonly subscriptionEnded: () => void
  readonly readModelsRewound: () => void
  /** Prometheus text format, version 0.0.4. */
  readonly render: () => Promise<string>
}

/** A registry of its own, so that nothing of another application's is in it. */
export function createMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  const http = httpDurations()
  collectDefaultMetrics({ register })

  const counter = (name: string, help: string, labelNames: readonly string[] = []) => new Counter({ name, help, labelNames, registers })
  const passwords = counter('gatebook_passwords_total', 'Passwords by outcome, for a log-in or anything else; refused ones met a lock.', [
    'outcome',
  ])
  const locks = counter('gatebook_locks_total', 'Locks begun.')
  const codes = counter('gatebook_codes_total', 'Codes of the second factor by outcome, recovery codes too; refused ones met a lock.', [
    'outcome',
  ])
  const codeLocks = counter('gatebook_code_locks_total', 'Locks of code entry begun.')
  const codesSent = counter('gatebook_codes_sent_total', 'Codes handed over for delivery, by mail or another way.', ['outcome'])
  const mails = counter('gatebook_mails_total', 'Mails handed to the mail server or the outbox.', ['outcome'])
  const overloads = counter('gatebook_hash_refused_total', 'Passwords turned away because the queue before the hash was full.')
  const failures = counter('gatebook_store_failures_total', 'Failures of the event log; conflicts are decided again and do no harm.', [
    'kind',
  ])
  const groups = new Histogram({
    name: 'gatebook_append_group_events',
    help: 'Events in one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  const subscriptions = counter('gatebook_subscriptions_ended_total', 'Subscriptions to the log that ended and were begun again.')
  const rewinds = counter(
    'gatebook_read_models_rewound_total',
    'Times that the read models were of another log than this one, and made anew.',
  )
  /** What cannot be read is no number: the rest of the scrape still tells. */
  const watch = (name: string, help: string) => (read: Reading) => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        try {
          this.set(await read())
        } catch {
          this.set(Number.NaN)
        }
      },
    })
  }

  return {
    http,
    passwordsSettled: (outcome, count) => passwords.inc({ outcome }, count),
    lockBegan: () => locks.inc(),
    codesSettled: (outcome) => codes.inc({ outcome }),
    codeLockBegan: () => codeLocks.inc(),
    codeSent: (outcome) => codesSent.inc({ outcome }),
    mailSent: (outcome) => mails.inc({ outcome }),
    groupAppended: (events) => groups.observe(events),
    storeFailed: (kind) => failures.inc({ kind }),
    hashRefused: () => overloads.inc(),
    watchHashing: watch('gatebook_hash_slots', 'Places before the hash that are taken, waiting and running.'),
    watchReadModels: watch('gatebook_read_model_position', 'The log position that every read model has reached.'),
    watchLog: watch('gatebook_log_position', 'The position of the newest event.'),
    watchStaleness: watch(
      'gatebook_read_model_staleness_seconds',
      'Since the read models were known to hold everything that was recorded.',
    ),
    watchLag: watch('gatebook_read_model_lag_positions', 'How far the read models are behind the newest event, in positions of the log.'),
    subscriptionEnded: () => subscriptions.inc(),
    readModelsRewound: () => rewinds.inc(),
    render: async () => http.render() + (await register.metrics()),
  }
}
