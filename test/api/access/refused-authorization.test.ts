import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { openGatebook } from 'gatebook'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sendProblem } from '../../../api/problems.ts'
import { overHttp } from '../../support/server/over-http.ts'
import { secondFactorIn } from '../../support/server/second-factor.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-refused-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const recorded = async (app: InProcess, accountId: string) =>
  (await succeed(app.gatebook.store.read(`access-${accountId}`))).filter(({ type }) => type === 'AuthorizationRefused')

/** What the log holds once the last process has stopped. */
const afterTheStop = async (accountId: string) => {
  const app = await startTestServer({ dataDir })
  const events = await recorded(app, accountId)
  await app.stop()
  return events.map(({ data }) => data)
}

const kind = (code: string, method: string, route: string, count: number) => ({ code, method, route, count })

describe('requests that a session may not make', () => {
  test('are one event a minute, found in the audit trail in words', async () => {
    const timers = vi.spyOn(globalThis, 'setInterval')
    const app = await startTestServer({ dataDir })
    const everyMinute = timers.mock.calls.filter(([, delay]) => delay === 60_000).map(([callback]) => callback)
    timers.mockRestore()
    const { token, accountId, session } = await app.register()
    for (let n = 0; n < 50; n++) expect((await app.get('/secure/admin?secret=4711', token)).status).toBe(403)
    expect(await recorded(app, accountId)).toEqual([])
    for (const tick of everyMinute) tick()
    while ((await recorded(app, accountId)).length === 0) await pause(2)
    for (const tick of everyMinute) tick()
    await pause(20)
    const [event, ...others] = await recorded(app, accountId)
    expect(others).toEqual([])
    expect(event?.metadata.actor).toBe(accountId)
    const time = expect.any(String)
    const refusals = [kind('ROLE_REQUIRED', 'GET', '/api/1/secure/admin', 50)]
    expect(event?.data).toEqual({ sessionId: session.id, count: 50, refusals, from: time, to: time, at: time })
    const { entries } = (await app.get('/audit/me?limit=1', token)).body
    expect(entries).toMatchObject([
      {
        type: 'AuthorizationRefused',
        account: accountId,
        actor: accountId,
        summary: expect.stringMatching(/^50 requests refused from \S+ to \S+: role missing for GET \/api\/1\/secure\/admin \(50\)$/),
      },
    ])
    await app.stop()
  })

  test('are recorded at the stop, by kind: role, claim and a factor that is required, for reads and writes; an elevation is not', async () => {
    const app = await startTestServer({ dataDir, env: { SECOND_FACTOR_ROLES: 'admin' } })
    const root = await secondFactorIn(app).somebody('root@example.org')
    const { token, accountId } = await app.register()
    const paths = ['/secure/admin', '/secure/publisher', '/secure/payout', '/secure/elevated', '/audit', '/admin/accounts', '/secure/user']
    for (const path of paths) await app.get(path, token)
    const other = `/admin/accounts/${root.accountId}`
    for (const path of [`${other}/roles/admin`, `${other}/roles/editor`]) await app.put(path, undefined, token)
    await app.del(other, token)
    await app.get('/secure/admin', 'no session')
    await app.stop()
    expect(await afterTheStop(accountId)).toMatchObject([
      {
        count: 8,
        refusals: [
          kind('ROLE_REQUIRED', 'GET', '/api/1/secure/admin', 1),
          kind('CLAIM_REQUIRED', 'GET', '/api/1/secure/publisher', 1),
          kind('CLAIM_REQUIRED', 'GET', '/api/1/secure/payout', 1),
          kind('ROLE_REQUIRED', 'GET', '/api/1/audit', 1),
          kind('ROLE_REQUIRED', 'GET', '/api/1/admin/accounts', 1),
          kind('ROLE_REQUIRED', 'PUT', '/api/1/admin/accounts/:id/roles/:role', 2),
          kind('ROLE_REQUIRED', 'DELETE', '/api/1/admin/accounts/:id', 1),
        ],
      },
    ])
  })

  test('are counted where a proxy sends the visitor on, as where it is told', async () => {
    const before = await startTestServer({ dataDir })
    const { token, accountId } = await before.register()
    await before.stop()
    const app = await startTestServer({ dataDir, env: { SECOND_FACTOR_ROLES: '*' } })
    const headers = { accept: 'text/html', 'x-forwarded-method': 'GET' }
    for (const query of ['', '?redirect=1', '?redirect=1'])
      expect((await app.send({ method: 'GET', path: `/verify${query}`, headers, token })).headers.location).toBe('/account/security')
    await app.stop()
    expect(await afterTheStop(accountId)).toMatchObject([{ refusals: [kind('ENROLLMENT_REQUIRED', 'GET', '/api/1/verify', 3)] }])
  })

  test('of somebody who must enroll a second factor are recorded too', async () => {
    const before = await startTestServer({ dataDir })
    const { token, accountId } = await before.register()
    await before.stop()
    const app = await startTestServer({ dataDir, env: { SECOND_FACTOR_ROLES: '*' } })
    expect((await app.post('/token', undefined, token)).body).toMatchObject({ code: 'ENROLLMENT_REQUIRED' })
    await app.stop()
    expect(await afterTheStop(accountId)).toMatchObject([{ count: 1, refusals: [kind('ENROLLMENT_REQUIRED', 'POST', '/api/1/token', 1)] }])
  })
})

test('a refusal that is sent twice counts once', () => {
  const request = {} as FastifyRequest
  const counted: FastifyRequest[] = []
  const reply = { request, code: () => reply, headers: () => reply, send: () => reply } as unknown as FastifyReply
  for (let n = 0; n < 2; n++) sendProblem(reply, 'ROLE_REQUIRED', { onSent: (refused) => counted.push(refused) })
  expect(counted).toEqual([request])
})

describe('routes of a host app', () => {
  const environment = { SETUP_TOKEN: setupToken, ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', LOG_LEVEL: 'silent', RATE_PER_MINUTE: '0' }

  test('are counted by their pattern, and once, also when the guards refuse at the end of the body', async () => {
    const gatebook = await openGatebook({ environment, dataDir })
    const app = Fastify({ requestTimeout: 30_000 })
    await app.register(gatebook.plugin)
    let handled = 0
    const guards = [gatebook.guard.session, gatebook.guard.claim('publisher', true)]
    app.post('/orders/:id', { onRequest: guards, preHandler: guards }, () => {
      handled += 1
      return 'ok'
    })
    app.get('/office/:name', { onRequest: gatebook.guard.role('clerk') }, () => 'ok')
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const steps = overHttp(`http://127.0.0.1:${port}`)
    const root = await steps.setUp(setupToken)
    const elevated = await steps.elevated(root.token)
    const { token, accountId } = await steps.register()
    const claim = `/admin/accounts/${accountId}/claims/publisher`
    expect((await steps.put(claim, { value: true }, elevated)).status).toBe(204)

    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': 2 }
    const late = httpRequest({ port, method: 'POST', path: '/orders/secret-4711?key=secret', headers })
    late.write('{')
    await pause(50)
    expect((await steps.del(claim, elevated)).status).toBe(204)
    late.end('}')
    const [answer]: IncomingMessage[] = await once(late, 'response')
    expect(answer?.statusCode).toBe(403)
    answer?.resume()
    for (let n = 0; n < 3; n++) {
      const refused = await app.inject({ method: 'GET', url: '/office/secret-4711', headers: { authorization: `Bearer ${token}` } })
      expect(refused.statusCode).toBe(403)
    }
    await app.close()
    expect(handled).toBe(0)
    const events = await afterTheStop(accountId)
    expect(events).toMatchObject([
      { count: 4, refusals: [kind('CLAIM_REQUIRED', 'POST', '/orders/:id', 1), kind('ROLE_REQUIRED', 'GET', '/office/:name', 3)] },
    ])
    expect(JSON.stringify(events)).not.toContain('secret')
  })
})
