import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

/** A call with every mistake. Each row corrects one more. */
describe('checks come in the order of the contract', () => {
  let app: InProcess
  let token: string
  beforeAll(async () => {
    app = await startTestServer({ env: { RATE_PER_MINUTE: '12' } })
    token = (await app.register()).token
  })
  afterAll(() => app.stop())

  const call = (address: string, changes: object = {}) =>
    app.send({ method: 'PUT', path: '/admin/accounts/x/claims/X', raw: '{', address, origin: 'https://elsewhere.example', ...changes })
  const spend = async (address: string) => {
    for (let n = 0; n < 12; n += 1) await app.send({ method: 'GET', path: '/session', address })
  }

  test('origin, then limits, then session, then role', async () => {
    await spend('192.0.2.9')
    const codes = [
      (await call('192.0.2.9')).body.code,
      (await call('192.0.2.9', { origin: undefined })).body.code,
      (await call('192.0.2.10', { origin: undefined })).body.code,
      (await call('192.0.2.10', { origin: undefined, token })).body.code,
    ]
    expect(codes).toEqual(['ORIGIN_REJECTED', 'RATE_LIMITED', 'SESSION_REQUIRED', 'ROLE_REQUIRED'])
  })

  test('session, then content type, then what can be read, then shape, then the rules of the call', async () => {
    const password = (changes: object) => app.send({ method: 'POST', path: '/password', address: '192.0.2.11', ...changes })
    const answers = [
      await password({ raw: '{', headers: { 'content-type': 'text/plain' } }),
      await password({ raw: '{', headers: { 'content-type': 'text/plain' }, token }),
      await password({ raw: '{', token }),
      await password({ body: {}, token }),
      await password({ body: { currentPassword: 'wrong', newPassword: 'short' }, token }),
      await password({ body: { currentPassword: person.password, newPassword: 'short' }, token }),
    ]
    expect(answers.map(({ body }) => body.code)).toEqual([
      'SESSION_REQUIRED',
      'UNSUPPORTED_MEDIA_TYPE',
      'MALFORMED_REQUEST',
      'VALIDATION_FAILED',
      'INVALID_CREDENTIALS',
      'PASSWORD_REJECTED',
    ])
  })
})
