import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { logResponse } from '../../../api/http/request-log.ts'
import { startServer } from '../../../composition/start-server.ts'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { createLogger, errorTrace } from '../../../infrastructure/observability/logger.ts'
import { clientOf, person } from '../../support/server/client.ts'
import { sampleServer } from './sample.ts'

const canary = 'canary4711'

test('no log line holds what the caller sent, wherever it stood', async () => {
  const lines: string[] = []
  const app = sampleServer({ logger: createLogger('trace', { write: (line) => void lines.push(line) }) })
  const authorization = `Bearer ${canary}`
  const cookie = `__Host-gatebook=${canary}`
  const calls = [
    { method: 'GET', url: `/${canary}?${canary}=${canary}` },
    {
      method: 'GET',
      url: '/api/1/broken',
      headers: { authorization, 'user-agent': canary, 'x-forwarded-for': canary, 'x-request-id': canary },
    },
    { method: 'GET', url: `/api/1/%${canary}`, headers: { cookie } },
    { method: 'POST', url: `/api/1/guarded/${canary.repeat(50)}` },
    { method: 'POST', url: `/api/1/guarded/${canary}?limit=${canary}`, headers: { authorization }, payload: { note: canary } },
    { method: 'POST', url: '/api/1/login', payload: { email: canary, password: canary, transport: 'bearer', [canary]: 1 } },
    { method: 'POST', url: '/api/1/login', headers: { 'content-type': 'application/json' }, payload: `{"${canary}` },
    { method: 'POST', url: '/api/1/login', headers: { 'content-type': canary }, payload: canary },
    { method: 'POST', url: '/api/1/logout', headers: { cookie, origin: `https://${canary}` } },
  ] as const
  const answers = await Promise.all(calls.map((call) => app.inject(call)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 500, 400, 400, 400, 400, 400, 415, 403])
  expect(answers.map(({ payload }) => payload).join('')).not.toContain(canary)
  expect(lines.length).toBeGreaterThanOrEqual(calls.length - 2)
  expect(lines.join('')).not.toContain(canary)
  expect(lines.join('')).not.toContain('a secret in a message')
  expect(lines.map((line) => JSON.parse(line).route).filter(Boolean)).toContain('/api/1/guarded/:name')
})

test('of an error its name, code and place are told, not its message', () => {
  const trace = errorTrace(
    Object.assign(new TypeError(`${canary}\n    at ${canary}`.replace(`\n    at ${canary}`, '')), { code: 'E_SAMPLE' }),
  )
  expect(JSON.stringify(trace)).not.toContain(canary)
  expect(trace).toMatchObject({ name: 'TypeError', code: 'E_SAMPLE' })
})

test.each([
  ['GET', 200, 'debug'],
  ['POST', 200, 'info'],
  ['GET', 404, 'info'],
  ['GET', 500, 'error'],
  ['GET', 503, 'warn'],
])('the answer to %s with %i is told as %s', (method, statusCode, level) => {
  const lines: string[] = []
  const logger = createLogger('trace', { write: (line) => void lines.push(line) })
  logResponse(logger, '/sample', { method } as FastifyRequest, { statusCode } as FastifyReply, 1.26)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: logger.levels.values[level], method, route: '/sample', status: statusCode, durationMs: 1.3 },
  ])
})

test('the line of a guarded call names account and session, refused or not, and neither token nor person', async () => {
  const lines: string[] = []
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-log-'))
  const values = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    ARGON2_MEMORY_KIB: '8',
    ARGON2_TIME: '1',
    PUBLIC_ORIGIN: 'http://localhost:1984',
  })
  if (isLeft(values)) throw new Error('bad values')
  const started = await startServer(values.right, createLogger('info', { write: (line) => void lines.push(line) }))
  if (isLeft(started)) throw new Error('did not start')
  const { app, stop } = started.right
  const client = clientOf(app)
  const { token, refreshToken, accountId, session } = await client.register({ email: `${canary}@example.org` })
  const ids = { accountId, sessionId: session.id }
  const lineOf = async (call: () => Promise<{ readonly status: number }>) => {
    const before = lines.length
    const { status } = await call()
    const [line = '{}'] = lines.slice(before)
    return { answered: status, line: JSON.parse(line) }
  }
  const asked = await client.post('/token', undefined, token)
  expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ route: '/api/1/token', status: 200, ...ids })
  expect(await lineOf(() => client.get('/secure/admin', token))).toMatchObject({ answered: 403, line: { code: 'ROLE_REQUIRED', ...ids } })
  expect(await lineOf(() => client.put(`/admin/accounts/${accountId}/roles/admin`, undefined, token))).toMatchObject({
    answered: 403,
    line: ids,
  })
  expect(await lineOf(() => client.post('/totp/enroll', undefined, token))).toMatchObject({
    answered: 403,
    line: { code: 'ELEVATION_REQUIRED', ...ids },
  })
  const stranger = await lineOf(() => client.get('/secure/admin', 'x'.repeat(43)))
  expect(stranger).toMatchObject({ answered: 401, line: { code: 'SESSION_REQUIRED' } })
  expect(stranger.line).not.toHaveProperty('accountId')
  const elevated = await client.elevated(token)
  expect((await client.post('/logout', undefined, elevated)).status).toBe(204)
  await stop()
  rmSync(dataDir, { recursive: true, force: true })
  const told = lines.join('')
  for (const secret of [token, refreshToken, elevated, asked.body.accessToken, canary, person.password]) expect(told).not.toContain(secret)
})
