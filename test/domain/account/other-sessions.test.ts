import { describe, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import {
  AccountDisabled,
  AccountEnabled,
  AccountErased,
  AllSessionsRevoked,
  OtherSessionsRevoked,
  PasswordReplaced,
  RegistrationAbandoned,
  RoleGranted,
} from '../../../domain/account/events.ts'
import { registered } from '../../support/domain/account-examples.ts'
import { sealed, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const at = later(1000)
const role = RoleGranted({ role: 'editor', at: noon })
const everyRevoked = AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon })
const disabled = AccountDisabled({ at: noon })
const enabled = AccountEnabled({ at: noon })
const erased = AccountErased({ because: 'requested_by_owner', at: noon })
const replaced = PasswordReplaced({ passwordHash: sealed('new'), because: 'changed', keptSessionId: sessionId(1), at: noon })
const because = 'second_factor_enrolled' as const
const othersEnded = (kept: number | null, time = at) =>
  OtherSessionsRevoked({ because, keptSessionId: kept === null ? null : sessionId(kept), at: time })

type Keep = Extract<Command, { type: 'revokeOtherSessions' }>['keep']
const session = (n: number, accountRevision = 0): Keep => ({ sessionId: sessionId(n), accountRevision })
const checking = (checkedAt: number): Keep => ({ checkedAt })
const end = (keep: Keep): Command => ({ type: 'revokeOtherSessions', because, keep, at })

describe('the other sessions', () => {
  test('end for a session that lives, which stays', () =>
    given(account, [registered, role])
      .when(end(session(1)))
      .then(othersEnded(1)))
  test('end for a session that was kept before', () =>
    given(account, [registered, replaced])
      .when(end(session(1)))
      .then(othersEnded(1)))
  test('end a second time for the same session', () =>
    given(account, [registered, othersEnded(1)])
      .when(end(session(1)))
      .then(othersEnded(1)))
  test('do not end for a session that another had ended', () =>
    given(account, [registered, othersEnded(2)])
      .when(end(session(1)))
      .thenRefused({ type: 'session_ended' }))
  test('do not end for a session that was revoked with all', () =>
    given(account, [registered, everyRevoked])
      .when(end(session(1)))
      .thenRefused({ type: 'session_ended' }))

  test('all end for whoever is in the middle of a log-in', () =>
    given(account, [registered, role])
      .when(end(checking(0)))
      .then(othersEnded(null)))
  test('all end for a log-in that was begun after the sessions before it had ended', () =>
    given(account, [registered, everyRevoked])
      .when(end(checking(1)))
      .then(othersEnded(null)))
  test('do not end for a log-in whose password has been replaced since', () =>
    given(account, [registered, replaced])
      .when(end(checking(0)))
      .thenRefused({ type: 'session_ended' }))
  test('do not end for a log-in that somebody else was faster than', () =>
    given(account, [registered, othersEnded(null)])
      .when(end(checking(0)))
      .thenRefused({ type: 'session_ended' }))

  test('all end for somebody from without, whatever ended before', () =>
    given(account, [registered, everyRevoked]).when(end(null)).then(othersEnded(null)))
  test('end for the reason that was given', () =>
    given(account, [registered])
      .when({ type: 'revokeOtherSessions', because: 'second_factor_removed', keep: null, at })
      .then(OtherSessionsRevoked({ because: 'second_factor_removed', keptSessionId: null, at })))
  test('of a disabled account can be ended from without', () =>
    given(account, [registered, disabled]).when(end(null)).then(othersEnded(null)))

  test.each([
    ['a session', session(1, 9)],
    ['a log-in', checking(9)],
  ])('of a disabled account are not ended by %s', (_, keep) =>
    given(account, [registered, disabled]).when(end(keep)).thenRefused({ type: 'session_ended' }),
  )
  test('of an account that was enabled again are not ended by a log-in from before', () =>
    given(account, [registered, disabled, enabled])
      .when(end(checking(0)))
      .thenRefused({ type: 'session_ended' }))
  test.each([session(1), checking(0), null])('of no account are not ended by anybody: %j', (keep) => {
    given(account).when(end(keep)).thenRefused({ type: 'no_such_account' })
    given(account, [RegistrationAbandoned({ at: noon })])
      .when(end(keep))
      .thenRefused({ type: 'no_such_account' })
    given(account, [registered, erased]).when(end(keep)).thenRefused({ type: 'no_such_account' })
  })
})
