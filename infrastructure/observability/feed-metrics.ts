import { isLeft } from 'fp-ts/lib/Either.js'
import type { NewEvent } from '../../application/ports/event-store.ts'
import type { Gatebook } from '../../composition/gatebook.ts'
import type { Hooks } from '../../composition/hooks.ts'
import { LoginAttemptsRefused, LoginLocked, PasswordAccepted, PasswordRejected } from '../../domain/login/events.ts'
import {
  CodeAccepted,
  CodeEntryLocked,
  CodeRejected,
  RecoveryCodeUsed,
  TotpEnrollmentConfirmed,
} from '../../domain/second-factor/events.ts'
import { argon2PasswordHasher } from '../hashing/argon2-password-hasher.ts'
import type { Metrics } from './metrics.ts'
import { watchHasher } from './watch-hasher.ts'
import { watchStore } from './watch-store.ts'

const count = (metrics: Metrics, { type, data }: NewEvent) => {
  if (type === PasswordAccepted.type) metrics.passwordsSettled('accepted', 1)
  if (type === PasswordRejected.type) metrics.passwordsSettled('rejected', 1)
  if (type === LoginAttemptsRefused.type) metrics.passwordsSettled('refused', (data as { readonly count: number }).count)
  if (type === LoginLocked.type) metrics.lockBegan()
  if (type === CodeAccepted.type || type === RecoveryCodeUsed.type || type === TotpEnrollmentConfirmed.type)
    metrics.codesSettled('accepted')
  if (type === CodeRejected.type) metrics.codesSettled('rejected')
  if (type === CodeEntryLocked.type) metrics.codeLockBegan()
}

/** What the core is opened with so that it is counted: by what was committed, and not by what was attempted. */
export function countedBy(metrics: Metrics, outside: Hooks): Hooks {
  return {
    ...outside,
    onCommitted: (events) => {
      outside.onCommitted?.(events)
      metrics.groupAppended(events.length)
      for (const event of events) count(metrics, event)
    },
    onMail: metrics.mailSent,
    onCodeSent: metrics.codeSent,
    onCodeRefused: () => metrics.codesSettled('refused'),
    onNode: (told) => {
      outside.onNode?.(told)
      if (told.type === 'subscription_ended') metrics.subscriptionEnded()
      if (told.type === 'rewound') metrics.readModelsRewound()
    },
    wrapStore: (store) => watchStore(outside.wrapStore?.(store) ?? store, metrics.storeFailed),
    makeHasher: async (options) => {
      const { hasher, taken } = watchHasher(await (outside.makeHasher ?? argon2PasswordHasher)(options), metrics.hashRefused)
      metrics.watchHashing(taken)
      return hasher
    },
  }
}

/** Positions are read when somebody scrapes. A node knows the log's head as it was last told, and asks nobody. */
export function watchPositions(
  { watchLog, watchReadModels, watchLag, watchStaleness }: Metrics,
  { store, readModelPosition, node }: Gatebook,
) {
  watchReadModels(readModelPosition)
  if (node !== undefined) {
    const head = () => Math.max(node.head(), readModelPosition())
    watchLog(head)
    watchLag(() => head() - readModelPosition())
    return watchStaleness(node.staleness)
  }
  watchLog(async () => {
    const head = await store.head()()
    return isLeft(head) ? Number.NaN : head.right
  })
}
