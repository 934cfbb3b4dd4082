import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AttemptId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import type { State as LoginState } from '../../domain/login/decider.ts'
import type { LoginEvent, PasswordPurpose } from '../../domain/login/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { HashSlot } from '../ports/hasher.ts'
import { sealOrigin, unknownCallersOf } from '../sessions/seal-origin.ts'

export type PasswordToCheck = {
  readonly identifier: BlindIndex
  readonly account: Registered | null
  readonly password: string
  readonly purpose: PasswordPurpose
}

const lockIn = (events: readonly LoginEvent[]) => events.find((event) => event.type === 'LoginLocked')

/** Also unseals something for an unknown name, so that both take the same time. */
const passwordHash = ({ crypto }: Needs<'crypto'>, account: Registered | null, origin: Sealed) =>
  pipe(
    account === null ? crypto.vault.unseal('address', origin) : crypto.vault.unseal('password_hash', account.passwordHash),
    TE.map((opened) => (account === null ? null : opened)),
    TE.orElseW((failure) => (failure.type === 'key_shredded' ? TE.right(null) : TE.left(failure))),
  )

/** The owner is told of a lock, and of a success after failures: either may have been somebody else. */
const tell = ({ journal, mail }: Needs<'journal' | 'mail'>, account: Registered, counted: LoginState, events: readonly LoginEvent[]) => {
  const lock = lockIn(events)
  if (lock !== undefined) mail.notify(account, { type: 'locked_out', at: journal.now(), until: lock.data.until })
  const failures = counted.type === 'open' ? counted.failures - 1 : 0
  const accepted = events.some(({ type }) => type === 'PasswordAccepted')
  if (accepted && failures > 0) mail.notify(account, { type: 'log_in_after_failures', at: journal.now(), failures })
}

type CheckNeeds = Needs<'journal' | 'crypto' | 'mail'>

/** Counts the attempt before it checks the password, and records the outcome before anybody is told. */
const countAndCheck = (needs: CheckNeeds, slot: HashSlot, check: PasswordToCheck, caller: Caller) => {
  const { journal } = needs
  const { identifier, account, purpose, password } = check
  const accountId = account?.accountId ?? null
  const attemptId = needs.journal.newId() as AttemptId
  const stream = streams.login(identifier)
  // For known names too: the time that it takes would tell the two apart.
  const strangers = unknownCallersOf(journal.now())
  const metadata = metadataOf(caller, purpose === 'login' || accountId === null ? 'anonymous' : accountId)
  return pipe(
    TE.Do,
    TE.bindW('origin', () => sealOrigin(needs)(accountId ?? strangers, caller)),
    TE.bindW('counted', ({ origin }) => {
      return journal.decide(stream, { type: 'attempt', attemptId, purpose, accountId, ...origin, at: journal.now() }, metadata)
    }),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'locked_out') needs.journal.countRefusedAttempt(identifier, journal.now())
    }),
    TE.chainFirstW(({ counted }) => {
      const lock = lockIn(counted.events)
      return lock === undefined ? TE.right(null) : TE.left({ type: 'locked_out' as const, until: lock.data.until })
    }),
    TE.bindW('hash', ({ origin }) => passwordHash(needs, account, origin.ipAddress)),
    TE.bindW('verdict', ({ hash }) => TE.fromTask(slot.verify(password, hash))),
    TE.bindW('settled', ({ verdict }) => {
      const matched = verdict.matched && account?.type === 'active' ? account.accountId : null
      return journal.decide(stream, { type: 'settle', attemptId, matched, at: journal.now() }, metadata)
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

export const checkPassword = (needs: CheckNeeds & Needs<'crypto'>) => (check: PasswordToCheck, caller: Caller) =>
  pipe(
    TE.fromEither(needs.crypto.hasher.reserve()),
    TE.chainW((slot) => {
      const checked = countAndCheck(needs, slot, check, caller)
      return () => checked().finally(slot.release)
    }),
  )
