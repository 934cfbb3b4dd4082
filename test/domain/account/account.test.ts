import { describe, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  type AccountEvent,
  AccountRegistered,
  AllSessionsRevoked,
  ClaimAsserted,
  ClaimRetracted,
  PasswordRehashed,
  PasswordReplaced,
  ProfileRecorded,
  RegistrationAbandoned,
  RoleGranted,
  RoleWithdrawn,
} from '../../../domain/account/events.ts'
import { accountId, blindIndex, sealed, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const at = later(1000)
const hash = (word: string) => sealed(`hash-${word}`)
const registration = {
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  passwordHash: hash('old'),
  emailVerified: false,
  at: noon,
}
const registered = AccountRegistered(registration)
const replaced = PasswordReplaced({ passwordHash: hash('new'), because: 'changed', keptSessionId: sessionId(1), at: noon })
const rehashed = PasswordRehashed({ passwordHash: hash('stronger'), at: noon })
const abandoned = RegistrationAbandoned({ at: noon })
const disabled = AccountDisabled({ at: noon })
const enabled = AccountEnabled({ at: noon })
const erased = AccountErased({ because: 'requested_by_owner', at: noon })
const publisher = RoleGranted({ role: 'publisher', at: noon })
const editor = RoleGranted({ role: 'editor', at: noon })
const claimed = ClaimAsserted({ name: 'publisher', value: true, at: noon })

const keep = { sessionId: sessionId(1), accountRevision: 0 }
const changePassword = (checkedAt = 0, from = keep): Command => ({
  type: 'changePassword',
  passwordHash: hash('new'),
  checkedAt,
  keep: from,
  at,
})
const changed = PasswordReplaced({ passwordHash: hash('new'), because: 'changed', keptSessionId: sessionId(1), at })
const rehash = (checkedAt = 0): Command => ({ type: 'rehash', passwordHash: hash('stronger'), checkedAt, at })

const standing: readonly [string, Command, AccountEvent | null, AccountEvent | null][] = [
  [
    'a re-hash',
    rehash(),
    PasswordRehashed({ passwordHash: hash('stronger'), at }),
    PasswordRehashed({ passwordHash: hash('stronger'), at }),
  ],
  [
    'a new profile',
    { type: 'recordProfile', profile: sealed('profile'), at },
    ProfileRecorded({ profile: sealed('profile'), at }),
    ProfileRecorded({ profile: sealed('profile'), at }),
  ],
  ['a new role', { type: 'grantRole', role: 'r', at }, RoleGranted({ role: 'r', at }), RoleGranted({ role: 'r', at })],
  ['taking away a role that it has not', { type: 'withdrawRole', role: 'r', at }, null, null],
  [
    'a new claim',
    { type: 'assertClaim', name: 'c', value: 1, at },
    ClaimAsserted({ name: 'c', value: 1, at }),
    ClaimAsserted({ name: 'c', value: 1, at }),
  ],
  ['taking back a claim that it has not', { type: 'retractClaim', name: 'c', at }, null, null],
  ['disabling', { type: 'disable', at }, AccountDisabled({ at }), null],
  ['enabling', { type: 'enable', at }, null, AccountEnabled({ at })],
  [
    'ending every session',
    { type: 'revokeSessions', because: 'logged_out_everywhere', at },
    AllSessionsRevoked({ because: 'logged_out_everywhere', at }),
    AllSessionsRevoked({ because: 'logged_out_everywhere', at }),
  ],
  [
    'erasing',
    { type: 'erase', because: 'requested_by_admin', by: null, at },
    AccountErased({ because: 'requested_by_admin', at }),
    AccountErased({ because: 'requested_by_admin', at }),
  ],
]

describe('an account', () => {
  const register: Command = { type: 'register', ...registration }

  test('is registered', () => given(account).when(register).then(registered))
  test('is registered with its profile at once', () =>
    given(account)
      .when({ ...register, profile: sealed('profile') })
      .then(registered, ProfileRecorded({ profile: sealed('profile'), at: noon })))
  test('is registered once', () => given(account, [registered]).when(register).thenRefused({ type: 'account_exists' }))
  test('is not registered after its registration was abandoned', () =>
    given(account, [abandoned]).when(register).thenRefused({ type: 'account_exists' }))
  test('is not registered after it was erased', () =>
    given(account, [registered, erased]).when(register).thenRefused({ type: 'account_exists' }))
  test('that was never registered can be abandoned', () => given(account).when({ type: 'abandon', at }).then(RegistrationAbandoned({ at })))
  test('is abandoned once', () => given(account, [abandoned]).when({ type: 'abandon', at }).thenNothing())
  test('that is registered is not abandoned', () =>
    given(account, [registered]).when({ type: 'abandon', at }).thenRefused({ type: 'account_exists' }))
  test('that is disabled is not abandoned', () =>
    given(account, [registered, disabled]).when({ type: 'abandon', at }).thenRefused({ type: 'account_exists' }))
  test('that was erased is not abandoned', () =>
    given(account, [registered, erased]).when({ type: 'abandon', at }).thenRefused({ type: 'account_exists' }))
  test('is erased once', () =>
    given(account, [registered, erased]).when({ type: 'erase', because: 'requested_by_admin', by: null, at }).thenNothing())
  test('is disabled once', () => given(account, [registered, disabled]).when({ type: 'disable', at }).thenNothing())
  test('that was enabled can be disabled again', () =>
    given(account, [registered, disabled, enabled]).when({ type: 'disable', at }).then(AccountDisabled({ at })))
})

describe.each(standing)('%s', (_, command, whenActive, whenDisabled) => {
  const events = (event: AccountEvent | null) => (event === null ? [] : [event])

  test('of an active account', () =>
    given(account, [registered])
      .when(command)
      .then(...events(whenActive)))
  test('of a disabled account', () =>
    given(account, [registered, disabled])
      .when(command)
      .then(...events(whenDisabled)))
  test('of no account is refused', () => given(account).when(command).thenRefused({ type: 'no_such_account' }))
  test('of an abandoned one is refused', () => given(account, [abandoned]).when(command).thenRefused({ type: 'no_such_account' }))
  test('of an erased one leaves no trace', () => {
    const outcome = given(account, [registered, erased]).when(command)
    return command.type === 'erase' ? outcome.thenNothing() : outcome.thenRefused({ type: 'no_such_account' })
  })
})

describe('a change of password', () => {
  test('keeps the session that it was asked from', () => given(account, [registered]).when(changePassword()).then(changed))
  test('is asked from a session that is alive', () =>
    given(account, [registered, AllSessionsRevoked({ because: 'revoked_by_admin', at: noon })])
      .when(changePassword(1))
      .thenRefused({ type: 'session_ended' }))
  test('can follow another from the session that was kept', () =>
    given(account, [registered, replaced]).when(changePassword(1)).then(changed))
  test('checked against a password that was replaced meanwhile is refused', () =>
    given(account, [registered, replaced]).when(changePassword(0)).thenRefused({ type: 'password_outdated' }))
  test('is not asked from a session that another change ended', () =>
    given(account, [registered, replaced])
      .when(changePassword(1, { ...keep, sessionId: sessionId(2) }))
      .thenRefused({ type: 'session_ended' }))
  test('checked against an older hash of the same password is in order', () =>
    given(account, [registered, rehashed]).when(changePassword(0)).then(changed))
  test('of a disabled account is refused', () =>
    given(account, [registered, disabled]).when(changePassword(1)).thenRefused({ type: 'session_ended' }))
  test('of no account is refused', () => given(account).when(changePassword()).thenRefused({ type: 'no_such_account' }))
  test('of an abandoned one is refused', () => given(account, [abandoned]).when(changePassword()).thenRefused({ type: 'no_such_account' }))
  test('of an erased one is refused', () =>
    given(account, [registered, erased]).when(changePassword()).thenRefused({ type: 'no_such_account' }))
})

describe('a stronger hash', () => {
  test('of a password that was replaced meanwhile is nothing', () => given(account, [registered, replaced]).when(rehash(0)).thenNothing())
  test('is nothing when another was faster', () => given(account, [registered, rehashed]).when(rehash(0)).thenNothing())
  test('of the password that replaced another is kept', () =>
    given(account, [registered, replaced])
      .when(rehash(1))
      .then(PasswordRehashed({ passwordHash: hash('stronger'), at })))
})

describe('a role', () => {
  test('is given once', () => given(account, [registered, publisher]).when({ type: 'grantRole', role: 'publisher', at }).thenNothing())
  test('is taken away', () =>
    given(account, [registered, publisher])
      .when({ type: 'withdrawRole', role: 'publisher', at })
      .then(RoleWithdrawn({ role: 'publisher', at })))
  test('is taken away once', () =>
    given(account, [registered, publisher, RoleWithdrawn({ role: 'publisher', at })])
      .when({ type: 'withdrawRole', role: 'publisher', at })
      .thenNothing())
  test('that was taken away can be given again', () =>
    given(account, [registered, publisher, RoleWithdrawn({ role: 'publisher', at })])
      .when({ type: 'grantRole', role: 'publisher', at })
      .then(RoleGranted({ role: 'publisher', at })))
  test('stays when another is given', () =>
    given(account, [registered, publisher, editor]).when({ type: 'grantRole', role: 'publisher', at }).thenNothing())
  test('stays when another is taken away', () =>
    given(account, [registered, publisher, editor, RoleWithdrawn({ role: 'editor', at })])
      .when({ type: 'grantRole', role: 'publisher', at })
      .thenNothing())
})

describe('a claim', () => {
  const retracted = ClaimRetracted({ name: 'publisher', at })

  test('is made once', () =>
    given(account, [registered, claimed]).when({ type: 'assertClaim', name: 'publisher', value: true, at }).thenNothing())
  test('can say something else', () =>
    given(account, [registered, claimed])
      .when({ type: 'assertClaim', name: 'publisher', value: false, at })
      .then(ClaimAsserted({ name: 'publisher', value: false, at })))
  test('is taken back', () => given(account, [registered, claimed]).when({ type: 'retractClaim', name: 'publisher', at }).then(retracted))
  test('is taken back once', () =>
    given(account, [registered, claimed, retracted]).when({ type: 'retractClaim', name: 'publisher', at }).thenNothing())
  test('stays when another is taken back', () =>
    given(account, [registered, claimed, ClaimAsserted({ name: 'b', value: 1, at }), ClaimRetracted({ name: 'b', at })])
      .when({ type: 'assertClaim', name: 'publisher', value: true, at })
      .thenNothing())
})
