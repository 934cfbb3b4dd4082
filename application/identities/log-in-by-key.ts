import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AttemptId, BlindIndex, DeviceId } from '../../domain/kernel/ids.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import { awaitAttempts } from '../await-attempts.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { knownDevice } from '../devices/known-device.ts'
import { streams } from '../journal/streams.ts'
import { beginSession } from '../login/begin-session.ts'
import { limitNames } from '../login/limit-names.ts'
import type { Needs } from '../needs.ts'
import type { NamesSpent } from '../ports/name-budget.ts'
import type { Transport } from '../sessions/grant-session.ts'
import { sealOrigin, unknownCallersOf } from '../sessions/seal-origin.ts'
import { type FoundIdentity, findIdentity } from './find-identity.ts'
import { type KeyProof, proveKey } from './prove-key.ts'

type LoginNeeds = Needs<'journal' | 'crypto' | 'policy'>

type ToCheck = {
  readonly name: BlindIndex
  readonly found: FoundIdentity | null
  readonly deviceId: DeviceId | null
  readonly proof: KeyProof
}

/** As for a password: counted before it is checked, and settled before anybody is told. */
const countAndCheck = (needs: LoginNeeds, { name, found, deviceId, proof }: ToCheck, caller: Caller) => {
  const { journal, policy } = needs
  const accountId = found?.account.accountId ?? null
  const attempt = { type: 'attempt' as const, by: 'signature' as const, attemptId: journal.newId() as AttemptId, accountId, deviceId }
  const { fingerprint, challenge } = proof
  const stream = streams.login(name)
  const metadata = metadataOf(caller, 'anonymous')
  const usable = found?.account.type === 'active' ? found.identity : null
  const statement = { purpose: 'login' as const, origin: policy.origin(), fingerprint, challenge }
  const settle = (matched: typeof accountId) =>
    journal.decide(stream, { type: 'settle', by: 'signature', attemptId: attempt.attemptId, matched, at: journal.now() }, metadata)
  return pipe(
    sealOrigin(needs)(accountId ?? unknownCallersOf(journal.now()), caller),
    TE.chainW((origin) => journal.decide(stream, { ...attempt, ...origin, at: journal.now() }, metadata)),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'locked_out') journal.countRefusedAttempt(name, journal.now())
    }),
    TE.chainFirstW(({ events }) => {
      const lock = events.find((event) => event.type === 'LoginLocked')
      return lock === undefined ? TE.right(null) : TE.left({ type: 'locked_out' as const, until: lock.data.until })
    }),
    TE.chainW(() =>
      pipe(
        proveKey(needs)(usable, proof, statement, caller),
        TE.orElseFirstW((failure) => (failure.type === 'invalid_credentials' ? settle(null) : TE.right(undefined))),
      ),
    ),
    TE.chainFirstW(() => settle(accountId)),
  )
}

type FailureOf<Task> = Task extends TE.TaskEither<infer Failure, unknown> ? Failure : never

type LogInByKey = KeyProof & { readonly transport: Transport }

export const logInByKey =
  (needs: LoginNeeds) =>
  ({ transport, ...proof }: LogInByKey, caller: Caller) => {
    const name = needs.crypto.indexFingerprint(proof.fingerprint)
    return pipe(
      findIdentity(needs)(proof.fingerprint),
      TE.bindTo('found'),
      TE.bindW('deviceId', ({ found }) => knownDevice(needs)(found?.account ?? null, caller)),
      TE.bindW('key', ({ found, deviceId }) => {
        const checked = awaitAttempts(async () => countAndCheck(needs, { name, found, deviceId, proof }, caller)())
        const unlimited: TE.TaskEither<FailureOf<typeof checked> | NamesSpent, UsedKey> = checked
        return deviceId === null ? limitNames(needs)(name, caller)(checked) : unlimited
      }),
      TE.bindW('account', ({ found }) => TE.fromNullable({ type: 'invalid_credentials' as const })(found?.account)),
      TE.chainW(({ account, key }) => beginSession(needs)(account, transport, caller, key)),
    )
  }
