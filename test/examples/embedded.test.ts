import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../examples/embedded.ts'

const cheap = { argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent' } as const

describe('an app of one’s own with Gatebook in it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-embedded-'))
  let app: Awaited<ReturnType<typeof buildApp>>['app']
  let token: string

  beforeAll(async () => {
    app = (await buildApp({ ...cheap, dataDir })).app
    const payload = { email: 'ada@example.org', password: 'correct horse battery', transport: 'bearer' }
    token = (await app.inject({ method: 'POST', url: '/api/1/register', payload })).json().token
  })
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true })
  })

  const get = (url: string, authorization = `Bearer ${token}`) => app.inject({ url, headers: { authorization } })

  test('lets in who is logged in, and knows who it is', async () => {
    const answer = await get('/orders')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ of: (await get('/api/1/session')).json().accountId })
  })

  test('answers others in the words of the contract', async () => {
    const answer = await get('/orders', 'Bearer nobody')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json().code).toBe('SESSION_REQUIRED')
  })

  test('asks for the role and for the elevation that a route asks for', async () => {
    expect((await get('/books')).json().code).toBe('ROLE_REQUIRED')
    const payout = await app.inject({ method: 'POST', url: '/payout', headers: { authorization: `Bearer ${token}` } })
    expect(payout.json().code).toBe('ELEVATION_REQUIRED')
  })

  test('keeps its guarded routes from forged requests', async () => {
    const cookie = `__Host-gatebook=${token}`
    const forged = await app.inject({ method: 'POST', url: '/payout', headers: { cookie, origin: 'https://evil.example' } })
    expect(forged.json().code).toBe('ORIGIN_REJECTED')
    const blind = await app.inject({ method: 'POST', url: '/payout', headers: { cookie } })
    expect(blind.json().code).toBe('ORIGIN_REJECTED')
    const own = await app.inject({ method: 'POST', url: '/payout', headers: { cookie, origin: 'http://localhost' } })
    expect(own.json().code).toBe('ELEVATION_REQUIRED')
  })

  test('leaves its other routes alone', async () => {
    expect((await app.inject('/')).json()).toEqual({ open: 'to everyone' })
    const echoed = await app.inject({ url: '/nowhere' })
    expect(echoed.statusCode).toBe(404)
  })

  test('ends the session at once, everywhere', async () => {
    expect((await app.inject({ method: 'POST', url: '/api/1/logout', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(204)
    expect((await get('/orders')).statusCode).toBe(401)
  })
})
