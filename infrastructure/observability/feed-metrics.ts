import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore, NewEvent } from '../../application/ports/event-store.ts'
import { LoginAttemptsRefused, LoginLocked, PasswordAccepted, PasswordRejected } from '../../domain/login/events.ts'
import { GuessesRefused, type RefusedGuessesEvent } from '../../domain/refused-guesses/events.ts'
import {
  CodeAccepted,
  CodeEntryLocked,
  CodeRejected,
  RecoveryCodeUsed,
  TotpEnrollmentConfirmed,
} from '../../domain/second-factor/events.ts'
import { argon2PasswordHasher } from '../hashing/argon2-password-hasher.ts'
import type { Hooks } from './hooks.ts'
import type { Metrics } from './metrics.ts'
import { watchStore } from './watch-store.ts'

const count = (metrics: Metrics, { type, data }: NewEvent) => {
  if (type === PasswordAccepted.type) metrics.passwordsChecked('accepted', 1)
  if (type === PasswordRejected.type) metrics.passwordsChecked('rejected', 1)
  if (type === LoginAttemptsRefused.type) metrics.passwordsChecked('locked_out', (data as { readonly count: number }).count)
  if (type === LoginLocked.type) metrics.loginLocked()
  if (type === CodeAccepted.type || type === RecoveryCodeUsed.type || type === TotpEnrollmentConfirmed.type) metrics.codeChecked('accepted')
  if (type === CodeRejected.type) metrics.codeChecked('rejected')
  if (type === GuessesRefused.type) {
    for (const { guessed, count } of (data as RefusedGuessesEvent['data']).guesses) metrics.guessRefused(guessed, count)
  }
  if (type === CodeEntryLocked.type) metrics.codeEntryLocked()
}

export function countedBy(metrics: Metrics, hooks: Hooks): Hooks {
  const { makeHasher = argon2PasswordHasher } = hooks
  return {
    ...hooks,
    onCommitted: (events) => {
      hooks.onCommitted?.(events)
      metrics.eventsCommitted(events.length)
      for (const event of events) count(metrics, event)
    },
    onMail: metrics.mailSent,
    onBreachCheck: (outcome) => {
      hooks.onBreachCheck?.(outcome)
      metrics.breachChecked(outcome)
    },
    onRefolded: (refolded) => {
      hooks.onRefolded?.(refolded)
      metrics.refolded(refolded)
    },
    onWitness: metrics.witnessAsked,
    onHashFault: (fault) => {
      hooks.onHashFault?.(fault)
      metrics.hashFailed(fault)
    },
    onCodeSent: metrics.codeSent,
    onCodeRefused: () => metrics.codeChecked('locked_out'),
    onNode: (event) => {
      hooks.onNode?.(event)
      if (event.type === 'subscription_ended') metrics.subscriptionEnded()
      if (event.type === 'rewound') metrics.readModelsReset()
    },
    onErasuresOwed: (owed) => {
      hooks.onErasuresOwed?.(owed)
      metrics.erasuresOwed(owed)
    },
    onEmailChangesOwed: (owed) => {
      hooks.onEmailChangesOwed?.(owed)
      metrics.emailChangesOwed(owed)
    },
    wrapStore: (store) => watchStore(hooks.wrapStore?.(store) ?? store, metrics.storeFailed),
    makeHasher: (options) => {
      const watchLoad: typeof options.watchLoad = (load) => {
        options.watchLoad?.(load)
        metrics.watchHashing(() => load().running + load().waiting)
      }
      return makeHasher({ ...options, onRefused: metrics.hashRefused, watchLoad })
    },
  }
}

type Positions = {
  readonly store: Pick<EventStore, 'head'>
  readonly readModelPosition: () => number
  /** `staleness` in seconds; undefined on a single server. */
  readonly node: { readonly head: () => number; readonly staleness: () => number } | undefined
}

/** Positions are read at each scrape. A node uses the head that it last heard of and does not ask the store. */
export function watchPositions(metrics: Metrics, { store, readModelPosition, node }: Positions) {
  metrics.watchReadModels(readModelPosition)
  if (node !== undefined) {
    const head = () => Math.max(node.head(), readModelPosition())
    metrics.watchLog(head)
    metrics.watchLag(() => head() - readModelPosition())
    return metrics.watchStaleness(node.staleness)
  }
  metrics.watchLog(async () => {
    const head = await store.head()()
    return isLeft(head) ? Number.NaN : head.right
  })
}
