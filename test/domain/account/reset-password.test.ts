import { describe, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  AccountRegistered,
  AllSessionsRevoked,
  OtherSessionsRevoked,
  PasswordChangeRequired,
  PasswordRehashed,
  PasswordReplaced,
  PasswordResetRequested,
  RegistrationAbandoned,
} from '../../../domain/account/events.ts'
import { accountId, blindIndex, sealed, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const minute = 60_000
const at = later(1000)
const passwordHash = sealed('hash-new')
const registered = AccountRegistered({
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  passwordHash: sealed('hash-old'),
  emailVerified: false,
  at: noon,
})
const replaced = PasswordReplaced({ passwordHash, because: 'changed', keptSessionId: sessionId(1), at: noon })
const rehashed = PasswordRehashed({ passwordHash, at: noon })
const disabled = AccountDisabled({ at: noon })
const enabled = AccountEnabled({ at: noon })
const everyRevoked = AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon })
const erased = AccountErased({ because: 'requested_by_owner', at: noon })
const abandoned = RegistrationAbandoned({ at: noon })
const offered = (ms: number) => PasswordResetRequested({ at: later(ms) })

const reset = (linksRevision: number): Command => ({ type: 'resetPassword', passwordHash, linksRevision, at })
const done = PasswordReplaced({ passwordHash, because: 'reset', keptSessionId: null, at })
const required = PasswordChangeRequired({ at })
const offer = (ms: number): Command => ({ type: 'requestReset', at: later(ms) })

describe('a password that is set for somebody', () => {
  const set: Command = { type: 'setPassword', passwordHash, mustChange: false, at }
  const result = PasswordReplaced({ passwordHash, because: 'set', keptSessionId: null, at })

  test('replaces theirs and keeps no session', () => given(account, [registered]).when(set).then(result))
  test('may have to be changed at the next login', () =>
    given(account, [registered])
      .when({ ...set, mustChange: true })
      .then(result, required))
  test('voids the links of before', () => given(account, [registered, result]).when(reset(0)).thenRefused({ type: 'password_outdated' }))
})

describe('a password that must be changed', () => {
  const replace = (checkedAt: number): Command => ({ type: 'changeRequiredPassword', passwordHash, checkedAt, at })
  const toBeChanged = [
    registered,
    PasswordReplaced({ passwordHash: sealed('set'), because: 'set', keptSessionId: null, at: noon }),
    required,
  ]
  const changed = PasswordReplaced({ passwordHash, because: 'changed', keptSessionId: null, at })
  const outdated = { type: 'password_outdated' as const }

  test('is replaced by whoever knows it', () => given(account, toBeChanged).when(replace(2)).then(changed))
  test('is replaced once', () =>
    given(account, [...toBeChanged, changed])
      .when(replace(2))
      .thenRefused(outdated))
  test('is not replaced by whoever knew the one before', () => given(account, toBeChanged).when(replace(0)).thenRefused(outdated))
  test('is not replaced once sessions were ended since', () =>
    given(account, [...toBeChanged, everyRevoked])
      .when(replace(2))
      .thenRefused(outdated))
  test('is not replaced in a disabled account', () =>
    given(account, [...toBeChanged, disabled])
      .when(replace(2))
      .thenRefused(outdated))
  test('that need not be changed is not replaced so', () => given(account, [registered]).when(replace(0)).thenRefused(outdated))
  test.each([
    ['a change', changed],
    ['a reset', done],
  ])('need not be changed after %s', (_, event) =>
    given(account, [...toBeChanged, event])
      .when(replace(3))
      .thenRefused(outdated),
  )
})

describe('a reset of the password', () => {
  test('replaces it and keeps no session', () => given(account, [registered]).when(reset(0)).then(done))
  test('works with the ticket for the password of today', () => given(account, [registered, replaced]).when(reset(1)).then(done))
  test('with the ticket for a password that was replaced since is refused', () =>
    given(account, [registered, replaced]).when(reset(0)).thenRefused({ type: 'password_outdated' }))
  test('works once for each ticket', () => given(account, [registered, done]).when(reset(0)).thenRefused({ type: 'password_outdated' }))
  test('with a ticket for a password that is yet to come is refused', () =>
    given(account, [registered]).when(reset(1)).thenRefused({ type: 'password_outdated' }))
  test('works though the password was hashed anew, for it is the same', () =>
    given(account, [registered, rehashed]).when(reset(0)).then(done))
  test.each([
    ['every session was revoked', everyRevoked],
    ['an administrator revoked every session', AllSessionsRevoked({ because: 'revoked_by_admin', at: noon })],
    ['the second factor changed', OtherSessionsRevoked({ because: 'second_factor_enrolled', keptSessionId: sessionId(1), at: noon })],
  ])('with a ticket from before %s is refused', (_, ending) =>
    given(account, [registered, ending]).when(reset(0)).thenRefused({ type: 'password_outdated' }),
  )
  test('works with a ticket from after it', () => given(account, [registered, everyRevoked]).when(reset(1)).then(done))
  test('works though other tickets were offered', () =>
    given(account, [registered, offered(0), offered(minute)])
      .when(reset(0))
      .then(done))
  test('of a disabled account is refused', () =>
    given(account, [registered, disabled]).when(reset(0)).thenRefused({ type: 'password_outdated' }))
  test('with a ticket from before the account was disabled is refused after it was enabled again', () =>
    given(account, [registered, disabled, enabled]).when(reset(0)).thenRefused({ type: 'password_outdated' }))
  test('of no account is refused', () => given(account).when(reset(0)).thenRefused({ type: 'no_such_account' }))
  test('of an abandoned one is refused', () => given(account, [abandoned]).when(reset(0)).thenRefused({ type: 'no_such_account' }))
  test('of an erased one is refused', () => given(account, [registered, erased]).when(reset(0)).thenRefused({ type: 'no_such_account' }))
})

describe('an offer to reset the password', () => {
  test('is recorded', () => given(account, [registered]).when(offer(7)).then(offered(7)))
  test('is not made again within five minutes', () =>
    given(account, [registered, offered(0)])
      .when(offer(5 * minute - 1))
      .thenNothing())
  test('is made again after five minutes', () =>
    given(account, [registered, offered(0)])
      .when(offer(5 * minute))
      .then(offered(5 * minute)))
  test('waits from the one before, not from the first', () =>
    given(account, [registered, offered(0), offered(5 * minute)])
      .when(offer(9 * minute))
      .thenNothing())
  test('waits whatever becomes of the password', () =>
    given(account, [registered, offered(0), replaced])
      .when(offer(minute))
      .thenNothing())
  test('of a disabled account is not made', () =>
    given(account, [registered, disabled]).when(offer(7)).thenRefused({ type: 'no_such_account' }))
  test('of no account is not made', () => given(account).when(offer(7)).thenRefused({ type: 'no_such_account' }))
  test('of an abandoned one is not made', () => given(account, [abandoned]).when(offer(7)).thenRefused({ type: 'no_such_account' }))
  test('of an erased one is not made', () => given(account, [registered, erased]).when(offer(7)).thenRefused({ type: 'no_such_account' }))
})
