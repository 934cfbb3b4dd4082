import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { openGatebook, sessionOf } from 'gatebook'
import { expect, test } from 'vitest'
import { openApp, password } from '../../library/support.ts'

test('whatever a host app does to a session stays in its request', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-copy-'))
  const gatebook = await openGatebook({ dataDir, argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent', demonstration: true })
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  app.get('/raise', { onRequest: gatebook.guard.session }, (request) => {
    const session = sessionOf(request)
    session.roles.push('admin')
    session.claims.publisher = true
    session.factors.push('otp')
    Object.assign(session, { roles: ['admin'], elevatedUntil: new Date(8.64e15), factors: ['otp'] })
    expect(sessionOf(request)).toMatchObject({ roles: [], claims: {}, factors: ['pwd'], elevatedUntil: null })
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

test('a role that requires a second factor is none without one, as for the guards', async () => {
  const { gatebook, app, close } = await openApp({ secondFactorRoles: ['bookkeeper'] })
  app.get('/who', { onRequest: gatebook.guard.session }, (request) => sessionOf(request))
  app.get('/books', { onRequest: gatebook.guard.role('bookkeeper') }, () => ({ ok: true }))
  const roles = ['bookkeeper', 'reader']
  const { account } = await gatebook.accounts.create({ email: 'ada@example.org', password, roles })
  const { token, session } = await gatebook.sessions.create({ accountId: account.id })
  const get = (url: string) => app.inject({ url, headers: { authorization: `Bearer ${token}` } })
  expect((await get('/books')).statusCode).toBe(403)
  const { email: _, emailVerified: __, ...seen } = session
  expect((await get('/who')).json()).toEqual(JSON.parse(JSON.stringify({ ...seen, roles: ['reader'], elevatedUntil: null })))
  await close()
})

test('there is no session without a guard', async () => {
  const { app, close } = await openApp()
  app.get('/open', (request) => sessionOf(request))
  expect((await app.inject('/open')).statusCode).toBe(500)
  await close()
})
