import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const enrollFirst = { status: 403, body: problem('ENROLLMENT_REQUIRED') }
const claimsOf = (accessToken: string) => JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())

test('where everybody needs a second factor, a session without one gets no access token, elevated or not', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-everybody-'))
  const before = await startTestServer({ dataDir })
  const root = await before.elevated((await before.setUp(setupToken)).token)
  const { token, accountId } = await before.register()
  expect((await before.put(`/admin/accounts/${accountId}/claims/publisher`, { value: true }, root)).status).toBe(204)
  expect(claimsOf((await before.post('/token', undefined, token)).body.accessToken)).toMatchObject({ claims: { publisher: true } })
  await before.stop()

  const server = await startTestServer({ dataDir, env: { SECOND_FACTOR_ROLES: '*' } })
  expect(await server.post('/token', undefined, token)).toMatchObject(enrollFirst)
  const elevated = await server.elevated(token)
  expect(await server.post('/token', undefined, elevated)).toMatchObject(enrollFirst)
  for (const path of ['/secure/user', '/secure/elevated', '/secure/publisher', '/secure/payout'])
    expect(await server.get(path, elevated)).toMatchObject(enrollFirst)
  expect((await server.post('/totp/enroll', undefined, elevated)).status).toBe(200)
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

test('where a role needs one, an elevation by password is told to others only without that role', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-role-'))
  const before = await startTestServer({ dataDir })
  const root = await before.elevated((await before.setUp(setupToken)).token)
  expect(claimsOf((await before.post('/token', undefined, root)).body.accessToken)).toMatchObject({ roles: ['admin'], amr: ['pwd'] })
  await before.stop()

  const server = await startTestServer({ dataDir, env: { SECOND_FACTOR_ROLES: 'admin' } })
  const told = claimsOf((await server.post('/token', undefined, root)).body.accessToken)
  expect(told).toMatchObject({ roles: [], amr: ['pwd'], elevated_until: expect.any(Number) })
  expect(await server.get('/secure/admin', root)).toMatchObject(enrollFirst)
  await server.stop()
  rmSync(dataDir, { recursive: true })
})
