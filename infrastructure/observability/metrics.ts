import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Refolded } from '../background/refold-job.ts'
import type { BreachOutcome } from '../breached/breached-passwords.ts'
import type { HashFault } from '../hashing/argon2-password-hasher.ts'
import type { WitnessOutcome } from '../proofs/witnesses/ask-witnesses.ts'
import type { DeliveryOutcome } from './hooks.ts'
import { httpDurations } from './http-durations.ts'
import type { MetricsRegistry } from './metrics-registry.ts'

export type Reading = () => number | Promise<number>

type CheckOutcome = 'accepted' | 'rejected' | 'locked_out'

/** No label ever holds anything that a caller sent. The registry is our own; `ofProcess` are the metrics of Node, which a host app has too. */
export function createMetrics({ ofProcess = true }: { readonly ofProcess?: boolean } = {}) {
  const register = new Registry()
  const registers = [register]
  const http = httpDurations()
  register.registerMetric(http.collector)
  if (ofProcess) collectDefaultMetrics({ register })

  const counter = (name: string, help: string, labelNames: readonly string[] = []) => new Counter({ name, help, labelNames, registers })
  const passwordChecks = counter('gatebook_password_checks_total', 'Password checks by outcome, for login and reauthentication.', [
    'outcome',
  ])
  const loginLockouts = counter('gatebook_login_lockouts_total', 'Login lockouts that began.')
  const codeChecks = counter('gatebook_code_checks_total', 'Second factor codes checked, by outcome; includes recovery codes.', ['outcome'])
  const codeLockouts = counter('gatebook_code_lockouts_total', 'Lockouts of second factor code entry that began.')
  const codeDeliveries = counter('gatebook_code_deliveries_total', 'One-time codes sent, by outcome.', ['outcome'])
  const mails = counter('gatebook_mail_deliveries_total', 'Emails given to the mail server or the outbox, by outcome.', ['outcome'])
  const breachChecks = counter(
    'gatebook_breach_checks_total',
    'New passwords looked up in BREACHED_PASSWORDS, by outcome; failed ones are accepted.',
    ['outcome'],
  )
  const refusedGuesses = counter('gatebook_refused_guesses_total', 'Refused guesses by what was guessed, once they are recorded.', [
    'guessed',
  ])
  const hashRefusals = counter('gatebook_hash_refusals_total', 'Requests refused because the password hash queue was full.')
  const hashFaults = counter('gatebook_hash_faults_total', 'Password hashes that could not be read or computed, by fault.', ['fault'])
  const storeFailures = counter('gatebook_store_failures_total', 'Failed event store operations by type; conflicts are retried.', ['type'])
  const commits = new Histogram({
    name: 'gatebook_commit_events',
    help: 'Events per commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  const socketCloses = counter(
    'gatebook_socket_closes_total',
    'WebSockets closed, by the code that Gatebook closed them with, or client.',
    ['code'],
  )
  const subscriptions = counter('gatebook_subscriptions_ended_total', 'Subscriptions to the event log that ended and were restarted.')
  const resets = counter(
    'gatebook_read_model_resets_total',
    'Rebuilds from scratch because the event log is not the one that was read before.',
  )

  const erasuresOwed = new Gauge({ name: 'gatebook_erasures_owed', help: 'Account erasures that could not be completed.', registers })
  const emailChangesOwed = new Gauge({
    name: 'gatebook_email_changes_owed',
    help: 'Changes of email addresses that could not be completed.',
    registers,
  })

  const refoldChecked = counter('gatebook_refold_checked_total', 'Accounts and sessions of the read models compared with the log.')
  const refoldFailures = counter('gatebook_refold_failures_total', 'Comparisons of the read models with the log that failed.')
  const refoldDifferences = new Gauge({
    name: 'gatebook_refold_differences',
    help: 'Differences between the read models and the log, of the last comparison.',
    registers,
  })
  const refoldedAt = new Gauge({
    name: 'gatebook_refold_timestamp_seconds',
    help: 'When the read models were last compared with the log; 0 for never.',
    registers,
  })
  const witnesses = counter('gatebook_witness_requests_total', 'Checkpoints that a witness was asked to cosign, by outcome.', ['outcome'])

  /** A reading that fails is NaN, so that the rest of the scrape still works. */
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
    observeRoute: http.observeRoute,
    passwordsChecked: (outcome: CheckOutcome, count: number) => passwordChecks.inc({ outcome }, count),
    loginLocked: () => loginLockouts.inc(),
    codeChecked: (outcome: CheckOutcome) => codeChecks.inc({ outcome }),
    codeEntryLocked: () => codeLockouts.inc(),
    codeSent: (outcome: DeliveryOutcome) => codeDeliveries.inc({ outcome }),
    mailSent: (outcome: DeliveryOutcome) => mails.inc({ outcome }),
    eventsCommitted: (events: number) => commits.observe(events),
    storeFailed: (type: string) => storeFailures.inc({ type }),
    breachChecked: (outcome: BreachOutcome) => breachChecks.inc({ outcome }),
    witnessAsked: (outcome: WitnessOutcome) => witnesses.inc({ outcome }),
    guessRefused: (guessed: string, count: number) => refusedGuesses.inc({ guessed }, count),
    hashRefused: () => hashRefusals.inc(),
    hashFailed: (fault: HashFault) => hashFaults.inc({ fault }),
    watchHashing: watch('gatebook_hash_slots_in_use', 'Password hashes running or queued.'),
    watchReadModels: watch('gatebook_read_model_position', 'Log position that every read model has reached.'),
    watchLog: watch('gatebook_log_position', 'Log position of the newest event.'),
    watchStaleness: watch('gatebook_read_model_staleness_seconds', 'Time since the read models were known to be up to date.'),
    watchLag: watch('gatebook_read_model_lag_positions', 'Log positions between the newest event and the read models.'),
    watchLiveStreams: watch('gatebook_live_streams', 'Open streams of live audit events.'),
    watchSockets: watch('gatebook_sockets', 'Open WebSockets.'),
    socketClosed: (code: string) => socketCloses.inc({ code }),
    subscriptionEnded: () => subscriptions.inc(),
    readModelsReset: () => resets.inc(),
    erasuresOwed: (owed: number) => erasuresOwed.set(owed),
    emailChangesOwed: (owed: number) => emailChangesOwed.set(owed),
    refolded: ({ at, checked, differences }: Pick<Refolded, 'at' | 'checked' | 'differences'>) => {
      if (differences === null) return refoldFailures.inc()
      refoldChecked.inc(checked)
      refoldDifferences.set(differences)
      refoldedAt.set(at / 1_000)
    },
    render: () => register.metrics(),
    /** Shows them in the registry of a host too. Call it when all are there. Returns what takes them out again. */
    shareWith: (other: MetricsRegistry) => {
      const shared: string[] = []
      const withdraw = () => {
        for (const name of shared) other.removeSingleMetric(name)
      }
      try {
        for (const metric of register.getMetricsAsArray()) {
          other.registerMetric(metric)
          shared.push(metric.name)
        }
      } catch (error) {
        withdraw()
        throw error
      }
      return withdraw
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
