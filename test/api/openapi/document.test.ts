import { Validator } from '@seriousme/openapi-schema-validator'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { documentedCalls } from '../../../api/openapi/document.ts'
import { schemaOf } from '../../../api/openapi/schema-of.ts'
import { metricsRoute } from '../../../api/operations/metrics-route.ts'
import { operationsRoutes } from '../../../api/operations/routes.ts'
import type { ProblemAnswer } from '../../../api/problems.ts'
import { createMetrics } from '../../../infrastructure/observability/metrics.ts'
import { sampleRoutes, sampleServer } from '../http/sample.ts'

const metrics = createMetrics()
const operations = (refused: ProblemAnswer | null = null) =>
  operationsRoutes({
    unready: async () => refused,
    routes: sampleRoutes,
    metrics: [metricsRoute({ render: metrics.render, isToken: undefined })],
  })
const app = sampleServer({ routes: [...sampleRoutes, ...operations()], observeRoute: metrics.observeRoute })
const get = (url: string) => app.inject({ method: 'GET', url })

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1', async () => {
    const result = await new Validator().validate((await get('/openapi.json')).json())
    expect(result).toMatchObject({ valid: true })
  })

  test('describes what is registered, and nothing else', async () => {
    const documented = documentedCalls((await get('/openapi.json')).json())
    for (const { method, url } of documented) expect([method, url, app.hasRoute({ method, url })]).toEqual([method, url, true])
    expect(documented.length).toBe(sampleRoutes.length + operations().length)
  })

  test('tells what a call takes and may answer', async () => {
    const { paths } = (await get('/openapi.json')).json()
    const logIn = paths['/api/1/login'].post
    expect(logIn.requestBody.content['application/json'].schema).toMatchObject({
      required: ['email', 'password'],
      properties: { transport: { enum: ['cookie', 'bearer'] }, password: { minLength: 1, maxLength: 1024 } },
      additionalProperties: false,
    })
    expect(Object.keys(logIn.responses)).toEqual(['200', '400', '401', '403', '413', '415', '429', '500'])
    expect(paths['/api/1/guarded/{name}'].post.security).toEqual([{ cookie: [] }, { bearer: [] }])
  })

  test('cannot be made of a codec that tells nothing of itself', () => {
    expect(() => schemaOf(new t.Type('silent', (u): u is string => true, t.success as never, String))).toThrow('silent')
  })
})

describe('the operations', () => {
  test('say live, and ready when they are', async () => {
    expect((await get('/health/live')).json()).toEqual({ status: 'live' })
    expect((await get('/health/ready')).json()).toEqual({ status: 'ready' })
    const unready = await sampleServer({ routes: operations({ problem: 'STALE_READ_MODEL', reason: 'stale' }) }).inject({
      method: 'GET',
      url: '/health/ready',
    })
    expect([unready.statusCode, unready.json().code, unready.headers['retry-after']]).toEqual([503, 'STALE_READ_MODEL', '1'])
  })

  test('count answers by the pattern of the route, under one type', async () => {
    await app.inject({ method: 'POST', url: '/api/1/guarded/somebody' })
    metrics.passwordsChecked('accepted', 1)
    const { payload, headers } = await get('/metrics')
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(payload).toContain('gatebook_http_request_duration_seconds_count{method="POST",route="/api/1/guarded/:name",status="4xx"} 1')
    expect(payload).toContain('gatebook_password_checks_total{outcome="accepted"} 1')
    expect(payload).not.toContain('somebody')
  })

  test('show the contract on a page without scripts', async () => {
    const { payload, headers } = await get('/docs')
    expect(payload).toContain('/api/1/login')
    expect(payload).not.toMatch(/<script|https?:\/\//)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  })
})

test('a HEAD is answered like its GET, without the body', async () => {
  const answer = await app.inject({ method: 'HEAD', url: '/health/live' })
  expect([answer.statusCode, answer.payload]).toEqual([200, ''])
})

test('what is not there is told without its path, for any method', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'] as const) {
    const answer = await app.inject({ method, url: '/api/1/login/canary4711' })
    expect([answer.statusCode, answer.json().code, answer.headers['x-content-type-options']]).toEqual([404, 'NOT_FOUND', 'nosniff'])
    expect(answer.payload).not.toContain('canary4711')
  }
})
