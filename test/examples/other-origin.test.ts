import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildApp } from '../../examples/other-origin.ts'
import { cheap, password } from '../library/support.ts'

test('an app with CORS, logger, error handler and metrics of its own holds Gatebook', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-other-origin-'))
  const app = await buildApp({ ...cheap, dataDir })
  const origin = 'http://localhost:5173'
  const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/auth/api/1/login', headers: asked })
  expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([204, origin])

  const payload = { email: 'ada@example.org', password }
  const registered = await app.inject({ method: 'POST', url: '/auth/api/1/register', headers: { origin }, payload })
  expect([registered.statusCode, registered.headers['access-control-allow-credentials']]).toEqual([201, 'true'])
  const cookie = String(registered.headers['set-cookie']).split(';')[0] ?? ''
  const orders = await app.inject({ url: '/orders', headers: { origin, cookie } })
  expect(orders.json()).toEqual({
    id: expect.any(String),
    accountId: expect.any(String),
    roles: [],
    claims: {},
    factors: ['pwd'],
    elevatedUntil: null,
    grantedAt: expect.stringMatching(/Z$/),
    idleExpiresAt: expect.stringMatching(/Z$/),
    expiresAt: expect.stringMatching(/Z$/),
  })
  const nobody = await app.inject({ url: '/orders', headers: { origin } })
  expect([nobody.statusCode, nobody.json(), nobody.headers['www-authenticate'], nobody.headers['access-control-allow-origin']]).toEqual([
    401,
    { error: 'SESSION_REQUIRED' },
    'Bearer',
    origin,
  ])
  expect((await app.inject('/health')).json()).toEqual({ ready: true })
  expect((await app.inject('/metrics')).payload).toContain('gatebook_log_position')
  await app.close()
  rmSync(dataDir, { recursive: true })
})
