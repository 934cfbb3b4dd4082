import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outerIds } from '../../../api/http/request-ids.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { sampleServer } from './sample.ts'

const lines: string[] = []
const app = sampleServer({ logger: createLogger('trace', { write: (line) => void lines.push(line) }) })

const ask = async (headers: Record<string, string>, url = '/api/1/nothing') => {
  lines.length = 0
  const answer = await app.inject({ url, headers })
  return { answer, logged: JSON.parse(lines.at(-1) ?? '{}') }
}

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

describe('what a proxy calls the request', () => {
  test.each(['0190f2c8-9f0e-7cc3-98c4-dc0c0c07398f', '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'd41d8cd98f00b204e9800998ecf8427e'])(
    'is given back and logged (%s)',
    async (id) => {
      const { answer, logged } = await ask({ 'x-request-id': id })
      expect(answer.headers['x-request-id']).toBe(id)
      expect(logged).toMatchObject({ requestId: id, correlationId: expect.any(String) })
      expect(logged.correlationId).not.toBe(id)
    },
  )

  test('is given back, but not logged, where a person may have chosen it', async () => {
    const { answer, logged } = await ask({ 'x-request-id': 'ada-lovelace' })
    expect(answer.headers['x-request-id']).toBe('ada-lovelace')
    expect(JSON.stringify(logged)).not.toContain('lovelace')
  })

  test('names the trace too', async () => {
    const { answer, logged } = await ask({ traceparent })
    expect(answer.headers.traceparent).toBe(traceparent)
    expect(logged.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  })

  test('is not made up', async () => {
    const { answer } = await ask({})
    expect(answer.headers).not.toHaveProperty('x-request-id')
    expect(answer.headers).not.toHaveProperty('traceparent')
  })

  test.each([
    { 'x-request-id': '' },
    { 'x-request-id': 'x'.repeat(129) },
    { 'x-request-id': 'a b' },
    { 'x-request-id': 'a, b' },
    { 'x-request-id': 'a\u00a0' },
    { 'x-request-id': 'ada@example.org' },
    { traceparent: traceparent.toUpperCase() },
    { traceparent: `ff${traceparent.slice(2)}` },
    { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
    { traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01` },
    { traceparent: `${traceparent}-01` },
    { traceparent: `${traceparent}, ${traceparent}` },
  ])('is left out if it is not of the form (%j)', async (headers) => {
    const { answer, logged } = await ask(headers)
    expect(answer.headers).not.toHaveProperty('x-request-id')
    expect(answer.headers).not.toHaveProperty('traceparent')
    expect(logged).not.toHaveProperty('requestId')
    expect(logged).not.toHaveProperty('traceId')
  })

  test('never leads to a header that could be split, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (id, trace) => {
        for (const value of Object.values(outerIds({ headers: { 'x-request-id': id, traceparent: trace } })))
          expect(value).toMatch(/^[\x21-\x7e]{1,128}$/)
      }),
    )
  })
})

describe('the log line of a refusal', () => {
  test.each([
    ['/api/1/nothing', {}, 'NOT_FOUND'],
    ['/api/1/broken', { origin: 'https://evil.example.org' }, 'ORIGIN_REJECTED'],
    ['/api/1/broken', {}, 'INTERNAL'],
    ['/api/1/broken?a=1', {}, 'VALIDATION_FAILED'],
  ])('names its code: %s %j', async (url, headers, code) => {
    const { answer, logged } = await ask(headers, url)
    expect(answer.json().code).toBe(code)
    expect(logged.code).toBe(code)
  })

  test('and that of a success names none', async () => {
    lines.length = 0
    await app.inject({ method: 'POST', url: '/api/1/logout' })
    expect(JSON.parse(lines.at(-1) ?? '{}')).not.toHaveProperty('code')
  })
})
