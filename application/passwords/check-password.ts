import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AttemptId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { loginStream } from '../../domain/kernel/streams.ts'
import type { State as LoginState } from '../../domain/login/decider.ts'
import type { LoginEvent, PasswordPurpose } from '../../domain/login/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'
import type { HashSlot } from '../ports/ports.ts'
import { sealOrigin, unknownCallersOf } from '../sessions/seal-origin.ts'

export type PasswordToCheck = {
  readonly identifier: BlindIndex
  readonly account: Registered | null
  readonly password: string
  readonly purpose: PasswordPurpose
}

const lockIn = (events: readonly LoginEvent[]) => events.find((event) => event.type === 'LoginLocked')

/**
 * What to check against; null for a name that nobody has, or no longer. For a stranger something is opened too, so that one name takes
 * as long as another.
 */
const passwordHash = ({ vault }: Needs<'vault'>, account: Registered | null, origin: Sealed) =>
  pipe(
    account === null ? vault.unseal('address', origin) : vault.unseal('password_hash', account.passwordHash),
    TE.map((opened) => (account === null ? null : opened)),
    TE.orElseW((failure) => (failure.type === 'key_shredded' ? TE.right(null) : TE.left(failure))),
  )

/** The owner is told of a lock, and of a right password after wrong ones: either may have been somebody else. */
const tell = ({ notify, now }: Needs<'notify' | 'now'>, account: Registered, counted: LoginState, events: readonly LoginEvent[]) => {
  const lock = lockIn(events)
  if (lock !== undefined) notify(account, { type: 'locked_out', at: now(), until: lock.data.until })
  const failures = counted.type === 'open' ? counted.failures - 1 : 0
  const accepted = events.some(({ type }) => type === 'PasswordAccepted')
  if (accepted && failures > 0) notify(account, { type: 'log_in_after_failures', at: now(), failures })
}

type CheckNeeds = Needs<'handle' | 'aggregates' | 'now' | 'newId' | 'vault' | 'indexNetwork' | 'noteRefusal' | 'notify'>

/** Counts the attempt, and only then checks the password; what came of it is recorded before anybody is told. */
const countAndCheck = (needs: CheckNeeds, slot: HashSlot, check: PasswordToCheck, caller: Caller) => {
  const { handle, aggregates, now } = needs
  const { identifier, account, purpose, password } = check
  const accountId = account?.accountId ?? null
  const attemptId = needs.newId() as AttemptId
  const stream = loginStream(identifier)
  // Named for everybody: naming the month takes long enough to tell strangers from others.
  const strangers = unknownCallersOf(now())
  const metadata = metadataOf(caller, purpose === 'login' || accountId === null ? 'anonymous' : accountId)
  return pipe(
    TE.Do,
    TE.bindW('origin', () => sealOrigin(needs)(accountId ?? strangers, caller)),
    TE.bindW('counted', ({ origin }) => {
      return handle(aggregates.login, stream, { type: 'attempt', attemptId, purpose, accountId, ...origin, at: now() }, metadata)
    }),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'locked_out') needs.noteRefusal(identifier, now())
    }),
    TE.chainFirstW(({ counted }) => {
      const lock = lockIn(counted.events)
      return lock === undefined ? TE.right(null) : TE.left({ type: 'locked_out' as const, until: lock.data.until })
    }),
    TE.bindW('hash', ({ origin }) => passwordHash(needs, account, origin.ipAddress)),
    TE.bindW('verdict', ({ hash }) => TE.fromTask(slot.verify(password, hash))),
    TE.bindW('settled', ({ verdict }) => {
      const matched = verdict.matched && account?.type === 'active' ? account.accountId : null
      return handle(aggregates.login, stream, { type: 'settle', attemptId, matched, at: now() }, metadata)
    }),
    TE.chainFirstIOK(({ counted, settled }) => () => {
      if (account?.type === 'active') tell(needs, account, counted.state, settled.events)
    }),
    TE.chainW(({ settled, verdict }) => {
      const accepted = settled.events.some((event) => event.type === 'PasswordAccepted')
      return accepted && account !== null
        ? TE.right({ account, outdated: verdict.outdated })
        : TE.left({ type: 'invalid_credentials' as const })
    }),
  )
}

export const checkPassword = (needs: CheckNeeds & Needs<'hasher'>) => (check: PasswordToCheck, caller: Caller) =>
  pipe(
    TE.fromEither(needs.hasher.reserve()),
    TE.chainW((slot) => {
      const checked = countAndCheck(needs, slot, check, caller)
      return () => checked().finally(slot.release)
    }),
  )
