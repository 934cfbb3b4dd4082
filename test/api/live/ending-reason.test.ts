import { expect, test } from 'vitest'
import { endingReason } from '../../../api/live/ending-reason.ts'

const own = 'the session'

test.each([
  ['SessionRevoked', { because: 'too_many_failures' }, 'too_many_failures'],
  ['AllSessionsRevoked', { because: 'revoked_by_admin' }, 'revoked_by_admin'],
  ['OtherSessionsRevoked', { because: 'second_factor_removed', keptSessionId: null }, 'second_factor_removed'],
  ['OtherSessionsRevoked', { because: 'second_factor_removed', keptSessionId: own }, null],
  ['PasswordReplaced', { because: 'reset', keptSessionId: null }, 'password_reset'],
  ['PasswordReplaced', { because: 'changed', keptSessionId: own }, null],
  ['PasswordReplaced', { because: 'changed', keptSessionId: 'another' }, 'password_changed'],
  ['InvitationAccepted', {}, 'invitation_accepted'],
  ['AccountDisabled', {}, 'account_disabled'],
  ['AccountErased', { because: 'requested_by_owner' }, 'account_erased'],
  ['SessionExtended', {}, null],
  ['RoleGranted', { role: 'bookkeeper' }, null],
])('%s %o ends a session: %s', (type, data, reason) => {
  expect(endingReason({ type, data }, own)).toBe(reason)
})
