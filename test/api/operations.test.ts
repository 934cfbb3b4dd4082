import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../support/server/problem.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

describe('operations', () => {
  let app: InProcess
  beforeAll(async () => {
    app = await startTestServer()
  })
  afterAll(() => app.stop())

  test('say that it lives and is ready', async () => {
    expect(await app.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } })
    expect(await app.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
  })

  test('count answers by route, and name no address or token', async () => {
    const { token } = await app.register()
    await app.get('/secure/user', token)
    const { status, text } = await app.get('/metrics')
    expect(status).toBe(200)
    expect(text).toContain('gatebook_http_request_duration_seconds_count{method="GET",route="/api/1/secure/user",status="2xx"} 1')
    expect(text).not.toContain(token)
    expect(text).not.toContain('example.org')
  })

  test.each(['/nothing', '/login/otp', '/secure', '/SESSION', '/session/', '//session', '/%2e%2e/session'])(
    'have nothing at %s',
    async (path) => {
      const answer = await app.get(`/api/1${path}`)
      expect(answer.status).toBe(404)
      expect(answer.body).toEqual(problem('NOT_FOUND'))
    },
  )

  test('have nothing for another method', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      expect(await app.send({ method, path: '/login' })).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    }
  })

  test('send no answer about authentication that may be stored', async () => {
    const { token } = await app.register({ email: 'cached@example.org' })
    for (const path of ['/session', '/sessions', '/audit/me', '/secure/user', '/secure/admin', '/nothing']) {
      expect((await app.get(path, token)).headers['cache-control'], path).toBe('no-store')
    }
  })
})
