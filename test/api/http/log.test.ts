import type { FastifyReply, FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { logResponse } from '../../../api/http/request-log.ts'
import { createLogger, errorTrace } from '../../../infrastructure/observability/logger.ts'
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
