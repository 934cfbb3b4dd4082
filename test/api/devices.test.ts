import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { aTime, cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

describe('the known devices of an account', () => {
  let app: InProcess
  beforeAll(async () => {
    app = await startTestServer()
  })
  afterAll(() => app.stop())

  const logIn = (email: string, headers: Record<string, string> = {}) =>
    app.send({ method: 'POST', path: '/login', body: { ...person, email }, origin, headers })

  test('are listed, newest first, with what their browsers say of themselves, to nobody else', async () => {
    await app.register({ email: 'devices@example.org' })
    const { token: other } = await app.register({ email: 'other@example.org' })
    await logIn('devices@example.org', { 'user-agent': 'A browser/1.0' })
    const session = cookieOf(await logIn('devices@example.org', { 'user-agent': `<b>${'x'.repeat(300)}` })).token
    const { body } = await app.send({ method: 'GET', path: '/devices', cookie: session })
    const nothing = { browser: null, system: null, platform: null }
    expect(body.devices).toEqual([
      { id: expect.any(String), rememberedAt: aTime, userAgent: `<b>${'x'.repeat(253)}`, device: nothing },
      { id: expect.any(String), rememberedAt: aTime, userAgent: 'A browser/1.0', device: nothing },
    ])
    expect((await app.get('/devices', other)).body).toEqual({ devices: [] })
  })
})
