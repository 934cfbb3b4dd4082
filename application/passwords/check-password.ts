import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AttemptId, BlindIndex, DeviceId } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { awaitAttempts } from '../await-attempts.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { HashSlot } from '../ports/hasher.ts'
import { sealOrigin, unknownCallersOf } from '../sessions/seal-origin.ts'
import { currentHash } from './current-hash.ts'
import { turnOf } from './hash-turn.ts'
import { verifyPassword } from './verify-password.ts'

export type PasswordToCheck = {
  readonly identifier: BlindIndex
  readonly account: Registered | null
  readonly password: string
  /** Null for a device that the account does not know. */
  readonly deviceId: DeviceId | null
}

/** Also unseals something for an unknown name, so that both take the same time. */
const passwordHash = (needs: Needs<'crypto'>, account: Registered | null, origin: Sealed) =>
  pipe(
    account === null
      ? pipe(
          needs.crypto.vault.unseal('address', origin),
          TE.map(() => null),
        )
      : currentHash(needs, account),
    TE.orElseW((failure) => (failure.type === 'key_shredded' ? TE.right(null) : TE.left(failure))),
  )

type CheckNeeds = Needs<'journal' | 'crypto' | 'policy'>

/** Counts the attempt before it checks the password, and records the outcome before anybody is told. */
const countAndCheck = (needs: CheckNeeds, slot: HashSlot, check: PasswordToCheck, caller: Caller) => {
  const { journal } = needs
  const { identifier, account, deviceId, password } = check
  const accountId = account?.accountId ?? null
  const attemptId = needs.journal.newId() as AttemptId
  const stream = streams.login(identifier)
  // For known names too: the time that it takes would tell the two apart.
  const strangers = unknownCallersOf(journal.now())
  const metadata = metadataOf(caller, 'anonymous')
  return pipe(
    TE.Do,
    TE.bindW('origin', () => sealOrigin(needs)(accountId ?? strangers, caller)),
    TE.bindW('counted', ({ origin }) => {
      return journal.decide(stream, { type: 'attempt', attemptId, accountId, deviceId, ...origin, at: journal.now() }, metadata)
    }),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'locked_out') needs.journal.countRefusedAttempt(identifier, journal.now())
    }),
    TE.chainFirstW(({ counted }) => {
      const lock = counted.events.find((event) => event.type === 'LoginLocked')
      return lock === undefined ? TE.right(null) : TE.left({ type: 'locked_out' as const, until: lock.data.until })
    }),
    TE.bindW('hash', ({ origin }) => passwordHash(needs, account, origin.ipAddress)),
    TE.bindW('verdict', ({ hash }) => verifyPassword(needs)(slot, { account, hash, password })),
    TE.bindW('settled', ({ verdict }) => {
      const matched = verdict.matched && account?.type === 'active' ? account.accountId : null
      return journal.decide(stream, { type: 'settle', attemptId, matched, at: journal.now() }, metadata)
    }),
    TE.chainW(({ settled, verdict }) => {
      const accepted = settled.events.some((event) => event.type === 'PasswordAccepted')
      return accepted && account !== null
        ? TE.right({ account, outdated: verdict.outdated })
        : TE.left({ type: 'invalid_credentials' as const })
    }),
  )
}

/** Only a known device is more than a stranger, so that a full queue reveals nothing about the name. */
const turnFor = ({ account, deviceId }: PasswordToCheck, caller: Caller) =>
  turnOf(caller, account === null || deviceId === null ? null : account.accountId)

export const checkPassword = (needs: CheckNeeds) => (check: PasswordToCheck, caller: Caller) =>
  awaitAttempts(
    pipe(
      TE.fromIOEither(() => needs.crypto.hasher.reserve(turnFor(check, caller))),
      TE.chainW((slot) => {
        const checked = countAndCheck(needs, slot, check, caller)
        return () => checked().finally(slot.release)
      }),
    ),
  )
