import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

describe('the guards of the demonstration', () => {
  let app: InProcess
  let admin: string
  beforeAll(async () => {
    app = await startTestServer()
    admin = await app.elevated((await app.setUp(setupToken)).token)
  })
  afterAll(() => app.stop())

  const paths = ['/secure/user', '/secure/admin', '/secure/elevated', '/secure/publisher', '/secure/payout']
  const answers = async (token?: string) => Promise.all(paths.map(async (path) => (await app.get(path, token)).body.code ?? 'ok'))

  test('let nobody in without a session', async () => {
    expect(await answers()).toEqual(Array(5).fill('SESSION_REQUIRED'))
    expect(await answers('nonsense')).toEqual(Array(5).fill('SESSION_REQUIRED'))
  })

  test('ask for role, claim and elevation, in this order', async () => {
    const { token, accountId } = await app.register()
    expect(await answers(token)).toEqual(['ok', 'ROLE_REQUIRED', 'ELEVATION_REQUIRED', 'CLAIM_REQUIRED', 'CLAIM_REQUIRED'])
    await app.put(`/admin/accounts/${accountId}/claims/publisher`, { value: true }, admin)
    expect(await answers(token)).toEqual(['ok', 'ROLE_REQUIRED', 'ELEVATION_REQUIRED', 'ok', 'ELEVATION_REQUIRED'])
    const elevated = await app.elevated(token)
    expect(await answers(elevated)).toEqual(['ok', 'ROLE_REQUIRED', 'ok', 'ok', 'ok'])
    await app.put(`/admin/accounts/${accountId}/roles/admin`, undefined, admin)
    expect(await answers(elevated)).toEqual(Array(5).fill('ok'))
  })

  test('see a claim or a role go at the very next call', async () => {
    const { token, accountId } = await app.register({ email: 'fleeting@example.org' })
    for (const path of [`/admin/accounts/${accountId}/roles/admin`]) {
      await app.put(path, undefined, admin)
      expect((await app.get('/secure/admin', token)).status).toBe(200)
      await app.del(path, admin)
      expect(await app.get('/secure/admin', token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    }
    const claim = `/admin/accounts/${accountId}/claims/publisher`
    await app.put(claim, { value: true }, admin)
    expect((await app.get('/secure/publisher', token)).status).toBe(200)
    await app.del(claim, admin)
    expect(await app.get('/secure/publisher', token)).toMatchObject({ status: 403, body: problem('CLAIM_REQUIRED') })
  })

  test.each([false, 'true', 1, 'yes'])('do not take %j for true', async (value) => {
    const { token, accountId } = await app.register({ email: `claims-${value}@example.org` })
    expect((await app.put(`/admin/accounts/${accountId}/claims/publisher`, { value }, admin)).status).toBe(204)
    expect((await app.get('/secure/publisher', token)).status).toBe(403)
  })
})
