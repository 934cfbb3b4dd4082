import { describe, expect, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import {
  AccountCreated,
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  AccountRegistered,
  AllSessionsRevoked,
  ClaimAsserted,
  EmailReplaced,
  InvitationAccepted,
  InvitationMailed,
  PasswordReplaced,
  RegistrationAbandoned,
  RoleGranted,
} from '../../../domain/account/events.ts'
import { hasPassword } from '../../../domain/account/state.ts'
import { accountId, blindIndex, sealed } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const at = later(1000)
const by = accountId(9)
const registration = {
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('email'),
  passwordHash: sealed('none'),
  emailVerified: false,
  at: noon,
}
const registered = AccountRegistered(registration)
const created = (isInvited: boolean) => AccountCreated({ by, isInvited, at: noon })
const invited = [registered, created(true)]
const passwordHash = sealed('hash-new')
const accepted = InvitationAccepted({ passwordHash, at })
const reset = PasswordReplaced({ passwordHash, because: 'reset', keptSessionId: null, at })
const revoked = AllSessionsRevoked({ because: 'revoked_by_admin', at: noon })

const moved = EmailReplaced({
  emailIndex: blindIndex(2),
  email: sealed('moved'),
  emailVerified: false,
  replacedIndex: blindIndex(1),
  replacedEmail: sealed('email'),
  at: noon,
})

const create = (isInvited: boolean, more: Partial<Extract<Command, { type: 'create' }>> = {}): Command => ({
  type: 'create',
  ...registration,
  by,
  isInvited,
  roles: [],
  claims: [],
  ...more,
})
const accept = (linksRevision = 0): Command => ({ type: 'acceptInvitation', passwordHash, linksRevision, at })
const mailed = InvitationMailed({ by, at })
const recordInvitation: Command = { type: 'recordInvitation', by, at }
const outdated = { type: 'password_outdated' } as const

describe('an account that an administrator creates', () => {
  test('may be disabled from the start', () =>
    given(account)
      .when(create(false, { isDisabled: true, roles: ['editor'] }))
      .then(registered, created(false), RoleGranted({ role: 'editor', at: noon }), AccountDisabled({ at: noon })))
  test('is registered, and says by whom', () => given(account).when(create(false)).then(registered, created(false)))
  test('has its roles, each once, and its claims at once', () =>
    given(account)
      .when(create(true, { roles: ['editor', 'editor', 'author'], claims: [{ name: 'level', value: 3 }] }))
      .then(
        ...invited,
        RoleGranted({ role: 'editor', at: noon }),
        RoleGranted({ role: 'author', at: noon }),
        ClaimAsserted({ name: 'level', value: 3, at: noon }),
      ))
  test('needs an id of its own', () => given(account, [registered]).when(create(true)).thenRefused({ type: 'account_exists' }))
  test('needs an id that nobody gave up', () =>
    given(account, [RegistrationAbandoned({ at: noon })])
      .when(create(true))
      .thenRefused({ type: 'account_exists' }))
})

describe('an invitation', () => {
  test('is accepted with a password', () => given(account, invited).when(accept()).then(accepted))
  test('is accepted though roles came and it was mailed again', () =>
    given(account, [...invited, RoleGranted({ role: 'editor', at: noon }), mailed])
      .when(accept())
      .then(accepted))
  test('is accepted once', () =>
    given(account, [...invited, accepted])
      .when(accept())
      .thenRefused(outdated))
  test('is accepted once, whatever its revision says', () =>
    given(account, [...invited, accepted])
      .when(accept(2))
      .thenRefused(outdated))
  test('is void after a reset of the password', () =>
    given(account, [...invited, reset])
      .when(accept())
      .thenRefused(outdated))
  test('is void once sessions ended', () =>
    given(account, [...invited, revoked])
      .when(accept())
      .thenRefused(outdated))
  test('is void once the address is another one', () =>
    given(account, [...invited, moved])
      .when(accept())
      .thenRefused(outdated))
  test('to the new address is good', () =>
    given(account, [...invited, moved])
      .when(accept(2))
      .then(accepted))
  test('from after that is good', () =>
    given(account, [...invited, revoked])
      .when(accept(2))
      .then(accepted))
  test('is void for a disabled account, and after it was enabled', () => {
    const disabled = [...invited, AccountDisabled({ at: noon })]
    given(account, disabled).when(accept(2)).thenRefused(outdated)
    given(account, [...disabled, AccountEnabled({ at: noon })])
      .when(accept())
      .thenRefused(outdated)
  })
  test('is none for an account with a password', () =>
    given(account, [registered, created(false)])
      .when(accept())
      .thenRefused(outdated))
  test('is none where there is no account, or none any more', () => {
    given(account).when(accept()).thenRefused({ type: 'no_such_account' })
    given(account, [...invited, AccountErased({ because: 'requested_by_admin', at: noon })])
      .when(accept())
      .thenRefused({ type: 'no_such_account' })
  })
  test('is recorded each time it was mailed', () =>
    given(account, [...invited, mailed])
      .when(recordInvitation)
      .then(mailed))
  test('that was accepted meanwhile is not recorded', () =>
    given(account, [...invited, accepted])
      .when(recordInvitation)
      .thenNothing())
})

test('only an invited account has no password, and a summary keeps that', () => {
  const state = (...events: Parameters<typeof account.evolve>[1][]) => {
    const folded = events.reduce(account.evolve, account.initial)
    if (folded.type !== 'active') throw new Error(folded.type)
    const summary = account.summary?.of(folded, mailed)
    if (summary === null || summary === undefined) throw new Error('no summary')
    const { revision: _, ...summarized } = { ...account.evolve(account.initial, summary) } as typeof folded
    const { revision: __, ...before } = folded
    expect(summarized).toEqual(before)
    return folded
  }
  expect(hasPassword(state(...invited))).toBe(false)
  expect(hasPassword(state(registered))).toBe(true)
  expect(hasPassword(state(registered, created(false)))).toBe(true)
  expect(hasPassword(state(...invited, reset))).toBe(true)
  expect(state(...invited, accepted)).toMatchObject({ passwordHash, passwordRevision: 2, hashRevision: 2, emailVerified: true })
  expect(state(...invited, accepted).ended).toEqual({ revision: 2, kept: null })
})
