import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Authentication, attachAuthentication } from '../../../api/guards/guarded-session.ts'
import type { Positions } from '../../../api/http/positions.ts'
import { defineRoute, type Guard } from '../../../api/http/route.ts'
import { sealedNumbers } from '../../../infrastructure/sealing/cipher/sealed-numbers.ts'
import { sampleServer } from './sample.ts'

const known = new Set(['of ada'])
let decided = 0
const sessionGuard: Guard = (request) => {
  decided += 1
  const token = request.headers.authorization?.replace('Bearer ', '').replace('-', ' ')
  if (token === undefined || !known.has(token)) return { problem: 'SESSION_REQUIRED' }
  attachAuthentication(request, { session: { accountId: 'ada' }, tokenHash: 'hash', transport: 'bearer' } as unknown as Authentication)
  return undefined
}
const inRole: Guard = () => ({ problem: 'ROLE_REQUIRED' })

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
const sample = (method: 'GET' | 'POST', name: string, guards: readonly Guard[]) =>
  defineRoute({ method, url: `/api/1/${name}`, tag: 'Sample', summary: 'Sample', guards, responses: { 204: null } })(() => ({
    status: 204,
  }))
const reading = sample('GET', 'reading', [sessionGuard])
const idle = sample('POST', 'idle', [sessionGuard])
const unguarded = sample('GET', 'open', [])
const openPost = sample('POST', 'open', [])
const forRole = sample('GET', 'for-role', [sessionGuard, inRole])

let faulty = 0
/** Passes once, and fails when it is asked again. */
const broken: Guard = (request) => {
  faulty += 1
  if (faulty > 1) throw new Error('a fault')
  return sessionGuard(request)
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
let waiters: object[] = []

const numbers = sealedNumbers(() => Buffer.alloc(32, 5))
const sealed = (position: number) => numbers.seal('position', position)

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
  reach: (position, waiter) => {
    askedFor.push(position)
    waiters.push(waiter)
    return reached
  },
  seal: sealed,
  open: (text) => numbers.open('position', text),
  networkOf: () => '192.0.2.1',
}

const app = sampleServer({
  routes: [writing(204), writing(202), writing('refused'), writing('failed'), reading, idle, unguarded, openPost, forRole, brokenGuard],
  allowedOrigins: ['https://app.example.org'],
  origins: new Set(['https://app.example.org']),
  positions,
})

const positionIn = (header: unknown) => (header === undefined ? undefined : numbers.open('position', String(header)))
const asAda = { authorization: 'Bearer of-ada' }

const call = async (method: 'GET' | 'POST', name: string, headers: Record<string, string> = {}) => {
  const answer = await app.inject({ method, url: `/api/1/${name}`, headers: { ...asAda, ...headers } })
  return {
    status: answer.statusCode,
    position: positionIn(answer.headers['gatebook-position']),
    code: answer.payload === '' ? null : answer.json().code,
  }
}

beforeEach(() => {
  written = 0
  reached = true
  askedFor = []
  waiters = []
  decided = 0
  faulty = 0
  known.delete('of grace')
})
afterEach(() => expect(underWay).toBe(0))

describe('an answer', () => {
  test('names the position of what the call has written', async () =>
    expect(await call('POST', '204')).toMatchObject({ status: 204, position: 7 }))

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
    expect(await answering).toMatchObject({ status: 204, position: 7 })
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
  test.each(['GET', 'POST'] as const)('is answered when that was reached, and decided again (%s)', async (method) => {
    reached = Promise.resolve(true)
    const asked = await call(method, method === 'GET' ? 'reading' : 'idle', { 'gatebook-position': sealed(41) })
    expect(asked.status).toBe(204)
    expect(askedFor).toEqual([41])
    expect(waiters).toEqual([{ account: 'ada', network: '192.0.2.1' }])
    expect(decided).toBeGreaterThan(1)
  })

  test('is asked for its position where a role is missing, which another node may have granted', async () => {
    reached = Promise.resolve(true)
    expect(await call('GET', 'for-role', { 'gatebook-position': sealed(41) })).toMatchObject({ code: 'ROLE_REQUIRED' })
    expect(askedFor).toEqual([41])
  })

  test.each([
    ['at once', false],
    ['in time', Promise.resolve(false)],
  ])('is refused where it is not reached %s', async (_when, answer) => {
    reached = answer
    expect(await call('GET', 'reading', { 'gatebook-position': sealed(41) })).toMatchObject({ status: 503, code: 'STALE_READ_MODEL' })
  })

  const madeUp = ['', '0', '41', '-1', '1e3', 'soon', 'x'.repeat(48), numbers.seal('live_cursor', 41), `${sealed(41)}=`, ` ${sealed(41)}x`]
  test.each(madeUp)('with a session is refused for %j, in words that repeat nothing', async (value) => {
    const answer = await app.inject({ url: '/api/1/reading', headers: { ...asAda, 'gatebook-position': value } })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'MALFORMED_REQUEST'])
    expect(askedFor).toEqual([])
  })

  test.each([undefined, 'Bearer of-nobody'])('without a session is not looked at (%s)', async (authorization) => {
    reached = false
    const headers = authorization === undefined ? {} : { authorization }
    for (const value of madeUp) {
      const answer = await app.inject({ url: '/api/1/reading', headers: { ...headers, 'gatebook-position': value } })
      expect(answer.json().code).toBe('SESSION_REQUIRED')
    }
    for (const method of ['GET', 'POST'] as const)
      expect((await app.inject({ method, url: '/api/1/open', headers: { ...headers, 'gatebook-position': sealed(41) } })).statusCode).toBe(
        204,
      )
    expect(askedFor).toEqual([])
  })

  test('with a token that this node does not know yet waits, as the network that it comes from', async () => {
    const waiting = Promise.withResolvers<boolean>()
    reached = waiting.promise
    const asking = call('GET', 'reading', { authorization: 'Bearer of-grace', 'gatebook-position': sealed(41) })
    while (askedFor.length === 0) await new Promise((resolve) => setImmediate(resolve))
    known.add('of grace')
    waiting.resolve(true)
    expect((await asking).status).toBe(204)
    expect(waiters).toEqual([{ account: undefined, network: '192.0.2.1' }])
  })
})

test('a sealed position can be neither read, nor compared, nor made up', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 47 }), fc.nat({ max: 63 }), (position, at, letter) => {
      const [one, other] = [sealed(position), sealed(position)]
      expect([one.length, other.length]).toEqual([48, 48])
      expect(one).not.toBe(other)
      expect(numbers.open('position', one)).toBe(position)
      expect(numbers.open('accounts_cursor', one)).toBeUndefined()
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      const changed = `${one.slice(0, at)}${letters[letter]}${one.slice(at + 1)}`
      expect(numbers.open('position', changed)).toBe(changed === one ? position : undefined)
    }),
  )
})

test('front ends elsewhere may send the header and read it', async () => {
  const origin = 'https://app.example.org'
  const asked = { origin, 'access-control-request-method': 'POST' }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/api/1/idle', headers: asked })
  expect(preflight.headers['access-control-allow-headers']).toContain('gatebook-position')
  const answer = await app.inject({ method: 'POST', url: '/api/1/idle', headers: { origin, ...asAda } })
  expect(answer.headers['access-control-expose-headers']).toContain('gatebook-position')
})

test('a guard that throws after the wait gives a 500, and no unhandled rejection', async () => {
  reached = Promise.resolve(true)
  expect(await call('GET', 'broken-guard', { 'gatebook-position': sealed(7) })).toMatchObject({ status: 500, code: 'INTERNAL' })
})
