import { describe, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  AccountRegistered,
  AllSessionsRevoked,
  EmailChangeRequested,
  EmailReplaced,
  PasswordReplaced,
  RoleGranted,
} from '../../../domain/account/events.ts'
import { accountId, blindIndex, sealed, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const at = later(1000)
const registered = AccountRegistered({
  accountId: accountId(1),
  emailIndex: blindIndex(1),
  email: sealed('old'),
  passwordHash: sealed('hash'),
  emailVerified: false,
  at: noon,
})
const addressed = (from: number, to: number) =>
  EmailReplaced({
    emailIndex: blindIndex(to),
    email: sealed(`email-${to}`),
    emailVerified: true,
    replacedIndex: blindIndex(from),
    replacedEmail: from === 1 ? sealed('old') : sealed(`email-${from}`),
    at,
  })
const replace = (to: number, linksRevision = 0): Command => ({
  type: 'replaceEmail',
  emailIndex: blindIndex(to),
  email: sealed(`email-${to}`),
  emailVerified: true,
  linksRevision,
  at,
})
const outdated = { type: 'email_change_outdated' } as const

describe('the address of an account', () => {
  test('is replaced, and the event names the one before', () => given(account, [registered]).when(replace(2)).then(addressed(1, 2)))
  test('is replaced after things that concern no link', () =>
    given(account, [registered, RoleGranted({ role: 'editor', at: noon })])
      .when(replace(2))
      .then(addressed(1, 2)))
  test('is not replaced twice with links of one time', () =>
    given(account, [registered, addressed(1, 2)])
      .when(replace(2))
      .thenRefused(outdated))
  test('is not replaced with a link from before it came back', () =>
    given(account, [registered, addressed(1, 3), addressed(3, 1)])
      .when(replace(2))
      .thenRefused(outdated))
  test('is replaced with a link from after it was replaced', () =>
    given(account, [registered, addressed(1, 2)])
      .when(replace(3, 1))
      .then(addressed(2, 3)))
  test('is not replaced once sessions were ended', () =>
    given(account, [registered, AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon })])
      .when(replace(2))
      .thenRefused(outdated))
  test('is not replaced once the password was replaced', () =>
    given(account, [
      registered,
      PasswordReplaced({ passwordHash: sealed('new'), because: 'changed', keptSessionId: sessionId(1), at: noon }),
    ])
      .when(replace(2))
      .thenRefused(outdated))
  test('is not replaced while disabled, nor with the same link after that', () => {
    const disabled = [registered, AccountDisabled({ at: noon })]
    given(account, disabled).when(replace(2, 1)).thenRefused(outdated)
    given(account, [...disabled, AccountEnabled({ at: noon })])
      .when(replace(2))
      .thenRefused(outdated)
  })
  test('is not replaced once erased', () =>
    given(account, [registered, AccountErased({ because: 'requested_by_owner', at: noon })])
      .when(replace(2))
      .thenRefused({ type: 'no_such_account' }))
  test('voids the links to reset the password that were mailed to the one before', () =>
    given(account, [registered, addressed(1, 2)])
      .when({ type: 'resetPassword', passwordHash: sealed('new'), linksRevision: 0, at })
      .thenRefused({ type: 'password_outdated' }))
})

describe('a request for another address', () => {
  const by = { sessionId: sessionId(1), accountRevision: 0 }
  const request = (when = at): Command => ({ type: 'requestEmailChange', by, at: when })

  test('is recorded', () => given(account, [registered]).when(request()).then(EmailChangeRequested({ at })))
  test('is recorded once in five minutes', () => {
    const asked = [registered, EmailChangeRequested({ at: noon })]
    given(account, asked)
      .when(request(later(299_999)))
      .thenNothing()
    given(account, asked)
      .when(request(later(300_000)))
      .then(EmailChangeRequested({ at: later(300_000) }))
  })
  test('is refused to a session that was ended', () =>
    given(account, [registered, AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon })])
      .when(request())
      .thenRefused({ type: 'session_ended' }))
  test('voids no link', () =>
    given(account, [registered, EmailChangeRequested({ at: noon })])
      .when(replace(2))
      .then(addressed(1, 2)))
})
