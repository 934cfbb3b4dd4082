import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AccountEnabled, type AccountEvent, RegistrationAbandoned } from '../../../domain/account/events.ts'
import { evolveAccount, initialAccount, type State } from '../../../domain/account/state.ts'
import { aHistory, playAccount } from '../../support/domain/account-history.ts'
import { accountId, blindIndex } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'

const lastOf = (log: readonly AccountEvent[], ...types: readonly AccountEvent['type'][]) =>
  log.findLastIndex(({ type }) => types.includes(type))

const rolesIn = (log: readonly AccountEvent[]) => {
  const roles = log.flatMap(({ type, data }) => (type === 'RoleGranted' && 'role' in data ? [data.role] : []))
  return new Set(roles.filter((role) => log.findLast(({ data }) => 'role' in data && data.role === role)?.type === 'RoleGranted'))
}

/** The state, taken from the events without folding. */
const readOff = (log: readonly AccountEvent[]): State => {
  const revision = log.length - 1
  const first = log[0]
  if (first?.type !== 'AccountRegistered') return { type: 'absent', revision: -1 }
  const { accountId } = first.data
  const emailRevision = lastOf(log, 'AccountRegistered', 'EmailReplaced')
  const addressed = log[emailRevision]?.data
  const { emailIndex, email } = addressed !== undefined && 'emailIndex' in addressed ? addressed : first.data
  if (log.at(-1)?.type === 'AccountErased') return { type: 'erased', revision, accountId, emailIndex, identities: [] }
  const hashRevision = lastOf(log, 'AccountRegistered', 'PasswordReplaced', 'PasswordRehashed')
  const hashed = log[hashRevision]?.data
  const ended = lastOf(log, 'AccountRegistered', 'PasswordReplaced', 'AllSessionsRevoked', 'OtherSessionsRevoked', 'AccountDisabled')
  const ending = log[ended]
  const offered = log.findLast(({ type }) => type === 'PasswordResetRequested')
  return {
    type: lastOf(log, 'AccountDisabled') > lastOf(log, 'AccountEnabled') ? 'disabled' : 'active',
    revision,
    accountId,
    loginIndex:
      addressed !== undefined && 'emailIndex' in addressed && addressed.emailIndex !== null ? addressed.emailIndex : first.data.emailIndex,
    identities: new Map(),
    emailIndex,
    email,
    emailVerified: log
      .slice(
        Math.max(
          0,
          log.findLastIndex(({ type }) => type === 'EmailReplaced'),
        ),
      )
      .some(({ data }) => ('emailVerified' in data && data.emailVerified) || ('because' in data && data.because === 'reset')),
    emailRevision,
    emailChangeRequestedAt: log.findLast(({ type }) => type === 'EmailChangeRequested')?.data.at ?? null,
    passwordHash: hashed !== undefined && 'passwordHash' in hashed ? hashed.passwordHash : first.data.passwordHash,
    passwordRevision: lastOf(log, 'AccountRegistered', 'PasswordReplaced'),
    passwordChangeRequired: lastOf(log, 'PasswordChangeRequired') > lastOf(log, 'AccountRegistered', 'PasswordReplaced'),
    hashRevision,
    roles: rolesIn(log),
    claims: new Map(),
    ended: { revision: ended, kept: ending !== undefined && 'keptSessionId' in ending.data ? ending.data.keptSessionId : null },
    resetRequestedAt: offered?.data.at ?? null,
  }
}

test('an abandoned registration is the first event of its stream', () => {
  expect(evolveAccount(initialAccount, RegistrationAbandoned({ at: noon }))).toEqual({ type: 'abandoned', revision: 0 })
})

test('nothing changes an erased account any more', () => {
  const erased: State = { type: 'erased', revision: 3, accountId: accountId(1), emailIndex: blindIndex(1), identities: [] }
  expect(evolveAccount(erased, AccountEnabled({ at: noon }))).toBe(erased)
})

test('at every point of every history the state can be read off the list of events', () => {
  fc.assert(
    fc.property(aHistory, (moves) => {
      const log = playAccount(moves)
      for (let length = 0; length <= log.length; length++) {
        const past = log.slice(0, length)
        expect(past.reduce(evolveAccount, initialAccount)).toEqual(readOff(past))
      }
    }),
  )
})
