import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { openGatebook } from 'gatebook'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { problem } from '../support/server/problem.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const email = 'ada@example.org'
const password = 'correct horse battery'

describe.each(['open', 'verified'] as const)('a captcha of the host with REGISTRATION=%s', (registration) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-captcha-'))
  let app: FastifyInstance
  let asked: (string | undefined)[] = []
  beforeAll(async () => {
    const cheap = { argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent' } as const
    const gatebook = await openGatebook({
      ...cheap,
      dataDir,
      registration,
      captcha: async (answer) => {
        asked.push(answer)
        return answer === 'a street lamp'
      },
    })
    app = Fastify({ requestTimeout: 10_000 })
    await app.register(gatebook.plugin)
    await app.ready()
  })
  beforeEach(() => {
    asked = []
  })
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true })
  })

  const post = (url: string, payload: object) => app.inject({ method: 'POST', url: `/api/1${url}`, payload })
  const mails = () => readdirSync(dataDir).includes('outbox') && readdirSync(join(dataDir, 'outbox')).length > 0

  const doors = [
    ['/register', { email, password, transport: 'bearer' }, registration === 'open' ? 201 : 202],
    ['/login', { email, password, transport: 'bearer' }, registration === 'open' ? 200 : 401],
    ['/password/reset', { email }, 202],
  ] as const

  test.each(doors)('is asked at %s before anything else, and nothing happens without it', async (url, body) => {
    for (const answer of [{}, { captcha: 'a tree' }]) {
      const refused = await post(url, { ...body, ...answer })
      expect([refused.statusCode, refused.json()]).toEqual([403, problem('CAPTCHA_REQUIRED')])
    }
    expect(asked).toEqual([undefined, 'a tree'])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(mails()).toBe(false)
  })

  test.each(doors)('lets whoever answers it in at %s', async (url, body, status) => {
    expect((await post(url, { ...body, captcha: 'a street lamp' })).statusCode).toBe(status)
    expect(asked).toEqual(['a street lamp'])
  })
})

describe('every call by which strangers cause hashes, accounts or mails', () => {
  test('declares CAPTCHA_REQUIRED', async () => {
    const server = await startTestServer()
    const { paths } = (await server.get('/openapi.json')).body
    const asking = Object.entries<{ post?: { responses: Record<string, object> } }>(paths).flatMap(([path, { post }]) =>
      JSON.stringify(post?.responses ?? {}).includes('CAPTCHA_REQUIRED') ? [path] : [],
    )
    expect(asking.toSorted()).toEqual(['/api/1/identities', '/api/1/login', '/api/1/password/reset', '/api/1/register'])
    await server.stop()
  })
})
