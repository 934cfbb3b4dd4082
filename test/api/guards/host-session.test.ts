import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { openGatebook, sessionOf } from 'gatebook'
import { expect, test } from 'vitest'

test('whatever a host app does to a session stays in its request', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-copy-'))
  const gatebook = await openGatebook({ dataDir, argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent' })
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  app.get('/raise', { onRequest: gatebook.guard.session }, (request) => {
    const session = sessionOf(request)
    Set.prototype.add.call(session.roles, 'admin')
    Map.prototype.set.call(session.claims, 'publisher', true)
    for (const change of [{ roles: new Set(['admin']) }, { elevatedUntil: Number.MAX_SAFE_INTEGER }, { factors: ['otp'] }])
      expect(() => Object.assign(session, change)).toThrow(TypeError)
    expect(() => Array.prototype.push.call(session.factors, 'otp')).toThrow(TypeError)
    return { raised: true }
  })
  app.get('/admin', { onRequest: gatebook.guard.role('admin') }, () => ({ ok: true }))
  app.get('/publisher', { onRequest: gatebook.guard.claim('publisher', true) }, () => ({ ok: true }))
  const payload = { email: 'ada@example.org', password: 'correct horse battery', transport: 'bearer' }
  const { token } = (await app.inject({ method: 'POST', url: '/api/1/register', payload })).json()
  const get = async (url: string) => (await app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode
  expect(await get('/raise')).toBe(200)
  expect([await get('/admin'), await get('/publisher'), await get('/api/1/secure/admin')]).toEqual([403, 403, 403])
  await app.close()
  rmSync(dataDir, { recursive: true })
})
