import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Positions } from '../../../api/http/positions.ts'
import { defineRoute } from '../../../api/http/route.ts'
import { sampleServer } from './sample.ts'

/** A call that appends up to position 7 and returns the status in its name. */
const writing = (status: 204 | 202 | 'refused' | 'failed') =>
  defineRoute({
    method: 'POST',
    url: `/api/1/${status}`,
    tag: 'Sample',
    summary: 'Writes',
    responses: { 204: null, 202: null },
    problems: ['NOT_FOUND'],
  })(async () => {
    written = 7
    if (status === 'failed') throw new Error('a fault')
    return status === 'refused' ? { problem: 'NOT_FOUND' } : { status }
  })
const reading = defineRoute({ method: 'GET', url: '/api/1/reading', tag: 'Sample', summary: 'Reads', responses: { 204: null } })(() => ({
  status: 204,
}))
const idle = defineRoute({ method: 'POST', url: '/api/1/idle', tag: 'Sample', summary: 'Writes nothing', responses: { 204: null } })(
  () => ({
    status: 204,
  }),
)

const broken = () => {
  throw new Error('a fault')
}
const brokenGuard = defineRoute({
  method: 'GET',
  url: '/api/1/broken-guard',
  tag: 'Sample',
  summary: 'Fails in its guard',
  guards: [broken],
  responses: { 204: null },
})(() => ({ status: 204 }))

let written = 0
let underWay = 0
let reached: Promise<boolean> | boolean = true
let askedFor: number[] = []

const positions: Positions = {
  follow: () => {
    underWay += 1
    return {
      appended: () => written,
      end: () => {
        underWay -= 1
      },
    }
  },
  reach: (position) => {
    askedFor.push(position)
    return reached
  },
}

const app = sampleServer({
  routes: [writing(204), writing(202), writing('refused'), writing('failed'), reading, idle, brokenGuard],
  allowedOrigins: ['https://app.example.org'],
  origins: new Set(['https://app.example.org']),
  positions,
})

const call = async (method: 'GET' | 'POST', name: string, headers: Record<string, string> = {}) => {
  const answer = await app.inject({ method, url: `/api/1/${name}`, headers })
  return {
    status: answer.statusCode,
    position: answer.headers['gatebook-position'],
    code: answer.payload === '' ? null : answer.json().code,
  }
}

beforeEach(() => {
  written = 0
  reached = true
  askedFor = []
})
afterEach(() => expect(underWay).toBe(0))

describe('an answer', () => {
  test('names the position of what the call has written', async () =>
    expect(await call('POST', '204')).toMatchObject({ status: 204, position: '7' }))

  test('names none where nothing was written', async () => {
    expect((await call('POST', 'idle')).position).toBe(undefined)
    expect((await call('GET', 'reading')).position).toBe(undefined)
    expect(askedFor).toEqual([])
  })

  test('waits until that can be read here, and goes out without it when the patience ends', async () => {
    const waiting = Promise.withResolvers<boolean>()
    reached = waiting.promise
    let hasAnswered = false
    const answering = call('POST', '204').then((answer) => {
      hasAnswered = true
      return answer
    })
    while (askedFor.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(hasAnswered).toBe(false)
    waiting.resolve(false)
    expect(await answering).toMatchObject({ status: 204, position: '7' })
  })

  test('that is a refusal waits too and names nothing: its size would tell who has an account', async () => {
    expect(await call('POST', 'refused')).toMatchObject({ code: 'NOT_FOUND', position: undefined })
    expect(askedFor).toEqual([7])
  })

  test('that says nothing of what was done neither waits nor names anything', async () => {
    expect(await call('POST', '202')).toMatchObject({ status: 202, position: undefined })
    expect(askedFor).toEqual([])
  })

  test('that is a fault leaves nothing behind', async () =>
    expect(await call('POST', 'failed')).toMatchObject({ code: 'INTERNAL', position: undefined }))
})

describe('a request that asks for a position', () => {
  test.each(['GET', 'POST'] as const)('is answered when that was reached (%s)', async (method) => {
    reached = Promise.resolve(true)
    const asked = await call(method, method === 'GET' ? 'reading' : 'idle', { 'gatebook-position': '41' })
    expect(asked.status).toBe(204)
    expect(askedFor).toEqual([41])
  })

  test.each([
    ['at once', false],
    ['in time', Promise.resolve(false)],
  ])('is refused where it is not reached %s', async (_when, answer) => {
    reached = answer
    expect(await call('GET', 'reading', { 'gatebook-position': '41' })).toMatchObject({ status: 503, code: 'STALE_READ_MODEL' })
  })

  test.each(['', '-1', '+1', '1.0', '1e3', '0x10', ' 1 2', '1, 1', 'soon', '9007199254740992', '99999999999999999999', '٣'])(
    'is refused for %j, in words that repeat nothing',
    async (value) => {
      const answer = await app.inject({ url: '/api/1/reading', headers: { 'gatebook-position': Buffer.from(value).toString('latin1') } })
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'MALFORMED_REQUEST'])
      expect(askedFor).toEqual([])
    },
  )
})

test('front ends elsewhere may send the header and read it', async () => {
  const origin = 'https://app.example.org'
  const asked = { origin, 'access-control-request-method': 'POST' }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/api/1/idle', headers: asked })
  expect(preflight.headers['access-control-allow-headers']).toContain('gatebook-position')
  const answer = await app.inject({ method: 'POST', url: '/api/1/idle', headers: { origin } })
  expect(answer.headers['access-control-expose-headers']).toContain('gatebook-position')
})

test('a guard that throws after the wait gives a 500, and no unhandled rejection', async () => {
  reached = Promise.resolve(true)
  expect(await call('GET', 'broken-guard', { 'gatebook-position': '7' })).toMatchObject({ status: 500, code: 'INTERNAL' })
})
