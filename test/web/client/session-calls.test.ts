import { expect, test } from 'vitest'
import type { CallName } from '../../../web/client/result.ts'
import { mayChange } from '../../../web/client/session-calls.ts'

/** A new call does not compile until it is decided here whether it may change the session, or what it may do. */
const changes: Readonly<Record<Exclude<CallName, `GET ${string}`>, boolean>> = {
  'POST /setup': true,
  'POST /register': true,
  'POST /register/confirm': true,
  'POST /invitation/confirm': true,
  'POST /identities': true,
  'POST /identities/{fingerprint}/challenge': false,
  'POST /identities/{fingerprint}/login': true,
  'POST /identities/{fingerprint}/rotation': true,
  'DELETE /identities/{fingerprint}/rotation': true,
  'POST /me/identities': false,
  'DELETE /me/identities/{fingerprint}': true,
  'POST /login': true,
  'POST /login/otp': true,
  'POST /login/password': true,
  'POST /login/otp/send': false,
  'POST /login/enroll': false,
  'POST /login/enroll/confirm': true,
  'POST /logout': true,
  'POST /logout/everywhere': true,
  'POST /session/refresh': true,
  'POST /session/elevate': true,
  'DELETE /sessions/{id}': true,
  'DELETE /devices/{id}': false,
  'POST /password': true,
  'POST /password/reset': false,
  'POST /password/reset/confirm': true,
  'POST /email': false,
  'POST /email/confirm': true,
  'POST /totp/enroll': false,
  'POST /totp/confirm': true,
  'POST /totp/send': false,
  'POST /totp/disable': true,
  'POST /totp/recovery-codes': true,
  'POST /admin/accounts': false,
  'DELETE /admin/accounts/{id}': true,
  'POST /admin/accounts/{id}/invite': false,
  'PUT /admin/accounts/{id}/password': true,
  'PUT /admin/accounts/{id}/email': true,
  'DELETE /admin/accounts/{id}/sessions/{sessionId}': true,
  'POST /admin/accounts/{id}/disable': true,
  'POST /admin/accounts/{id}/enable': true,
  'POST /admin/accounts/{id}/unlock': false,
  'POST /admin/accounts/{id}/logout': true,
  'POST /admin/accounts/{id}/reset-second-factor': true,
  'PUT /admin/accounts/{id}/roles/{role}': true,
  'DELETE /admin/accounts/{id}/roles/{role}': true,
  'PUT /admin/accounts/{id}/claims/{name}': true,
  'DELETE /admin/accounts/{id}/claims/{name}': true,
  'POST /token': false,
  'DELETE /me': true,
  'PUT /me/consents/{purpose}': false,
  'POST /audit/blast-radius/revoke': true,
  'PUT /me/language': false,
}

test.each(Object.entries(changes))('%s may change the session: %s', (name, expected) => {
  expect(mayChange(name, { status: 'authenticated' })).toBe(expected)
})

test('a GET changes nothing, and neither does a login that waits for a code', () => {
  expect(mayChange('GET /sessions', {})).toBe(false)
  expect(mayChange('POST /login', { status: 'code_required' })).toBe(false)
})
