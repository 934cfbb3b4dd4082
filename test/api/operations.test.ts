import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, inProcess } from '../support/server/in-process.ts'
import { problem } from '../support/server/problem.ts'

describe('operations', () => {
  let house: InProcess
  beforeAll(async () => {
    house = await inProcess()
  })
  afterAll(() => house.stop())

  test('say that it lives and is ready', async () => {
    expect(await house.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } })
    expect(await house.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
  })

  test('count answers by route, and name no address or token', async () => {
    const { token } = await house.register()
    await house.get('/secure/user', token)
    const { status, text } = await house.get('/metrics')
    expect(status).toBe(200)
    expect(text).toContain('gatebook_http_request_duration_seconds_count{method="GET",route="/api/1/secure/user",status="2xx"} 1')
    expect(text).not.toContain(token)
    expect(text).not.toContain('example.org')
  })

  test.each(['/nothing', '/login/otp', '/secure', '/SESSION', '/session/', '//session', '/%2e%2e/session'])(
    'have nothing at %s',
    async (path) => {
      const answer = await house.get(`/api/1${path}`)
      expect(answer.status).toBe(404)
      expect(answer.body).toEqual(problem('NOT_FOUND'))
    },
  )

  test('have nothing for another method', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      expect(await house.send({ method, path: '/login' })).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    }
  })

  test('send no answer about authentication that may be stored', async () => {
    const { token } = await house.register({ email: 'cached@example.org' })
    for (const path of ['/session', '/sessions', '/audit/me', '/secure/user', '/secure/admin', '/nothing']) {
      expect((await house.get(path, token)).headers['cache-control'], path).toBe('no-store')
    }
  })
})
