import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, inProcess, setupToken } from '../support/server/in-process.ts'
import { problem } from '../support/server/problem.ts'

describe('the guards of the demonstration', () => {
  let house: InProcess
  let admin: string
  beforeAll(async () => {
    house = await inProcess()
    admin = await house.elevated((await house.setUp(setupToken)).token)
  })
  afterAll(() => house.stop())

  const paths = ['/secure/user', '/secure/admin', '/secure/elevated', '/secure/publisher', '/secure/payout']
  const answers = async (token?: string) => Promise.all(paths.map(async (path) => (await house.get(path, token)).body.code ?? 'ok'))

  test('let nobody in without a session', async () => {
    expect(await answers()).toEqual(Array(5).fill('SESSION_REQUIRED'))
    expect(await answers('nonsense')).toEqual(Array(5).fill('SESSION_REQUIRED'))
  })

  test('ask for role, claim and elevation, in this order', async () => {
    const { token, accountId } = await house.register()
    expect(await answers(token)).toEqual(['ok', 'ROLE_REQUIRED', 'ELEVATION_REQUIRED', 'CLAIM_REQUIRED', 'CLAIM_REQUIRED'])
    await house.put(`/admin/accounts/${accountId}/claims/publisher`, { value: true }, admin)
    expect(await answers(token)).toEqual(['ok', 'ROLE_REQUIRED', 'ELEVATION_REQUIRED', 'ok', 'ELEVATION_REQUIRED'])
    const elevated = await house.elevated(token)
    expect(await answers(elevated)).toEqual(['ok', 'ROLE_REQUIRED', 'ok', 'ok', 'ok'])
    await house.put(`/admin/accounts/${accountId}/roles/admin`, undefined, admin)
    expect(await answers(elevated)).toEqual(Array(5).fill('ok'))
  })

  test('see a claim or a role go at the very next call', async () => {
    const { token, accountId } = await house.register({ email: 'fleeting@example.org' })
    for (const path of [`/admin/accounts/${accountId}/roles/admin`]) {
      await house.put(path, undefined, admin)
      expect((await house.get('/secure/admin', token)).status).toBe(200)
      await house.del(path, admin)
      expect(await house.get('/secure/admin', token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    }
    const claim = `/admin/accounts/${accountId}/claims/publisher`
    await house.put(claim, { value: true }, admin)
    expect((await house.get('/secure/publisher', token)).status).toBe(200)
    await house.del(claim, admin)
    expect(await house.get('/secure/publisher', token)).toMatchObject({ status: 403, body: problem('CLAIM_REQUIRED') })
  })

  test.each([false, 'true', 1, 'yes'])('do not take %j for true', async (value) => {
    const { token, accountId } = await house.register({ email: `claims-${value}@example.org` })
    expect((await house.put(`/admin/accounts/${accountId}/claims/publisher`, { value }, admin)).status).toBe(204)
    expect((await house.get('/secure/publisher', token)).status).toBe(403)
  })
})
