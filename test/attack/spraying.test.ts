import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GatebookServer, startGatebook } from '../../testing/start-gatebook.ts'
import { overHttp } from '../support/server/over-http.ts'
import { recordedLog } from '../support/server/recorded-log.ts'

const names = 3_000
const budget = 60
const atOnce = 100

/** One password at many addresses, a hundred requests at a time, from one network. Returns how often each status came. */
const spray = async ({ baseUrl }: GatebookServer, from: (n: number) => string, password = 'Password1!') => {
  const statuses: Record<number, number> = {}
  const guess = (n: number) =>
    new Promise<void>((done, fail) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': from(n) }
      const sent = request(`${baseUrl}/api/1/login`, { method: 'POST', headers }, (answer) => {
        statuses[answer.statusCode ?? 0] = (statuses[answer.statusCode ?? 0] ?? 0) + 1
        answer.resume().on('end', done)
      })
      sent.on('error', fail).end(JSON.stringify({ email: `n${n}@example.org`, password, transport: 'bearer' }))
    })
  for (let n = 0; n < names; n += atOnce) await Promise.all(Array.from({ length: atOnce }, (_, k) => guess(n + k)))
  return statuses
}

describe(`one password at ${names} addresses, ${atOnce} at a time`, () => {
  let server: GatebookServer
  const env = { LOGIN_NAMES_PER_HOUR: String(budget), TRUSTED_PROXIES: '127.0.0.1', HASH_QUEUE_LIMIT: '1000' }
  /** A place becomes free each minute; the test may take some. */
  const minutes = 5

  beforeAll(async () => {
    server = await startGatebook({ env })
    await overHttp(server.baseUrl).register({ email: 'n7@example.org' })
  })
  afterAll(async () => {
    await server.stop()
  })

  test('from one address is checked at as many as it may, and the log grows by two events for each of them', async () => {
    const before = (await recordedLog(server.dataDir)).length
    const statuses = await spray(server, () => '198.51.100.7')
    expect(Object.keys(statuses)).toEqual(['401', '429'])
    expect(statuses[401]).toBeGreaterThanOrEqual(budget)
    expect(statuses[401]).toBeLessThanOrEqual(budget + minutes)
    const grown = (await recordedLog(server.dataDir)).slice(before).filter(({ type }) => type !== 'DataKeyWrapped')
    const checks = grown.filter(({ type }) => type !== 'GuessesRefused')
    expect(checks.length).toBe(2 * (statuses[401] ?? 0))
    expect(grown.length - checks.length).toBeLessThanOrEqual(minutes)
  })

  test('from the /64s of a /48 is checked at sixteen times as many, not more', async () => {
    const statuses = await spray(server, (n) => `2001:db8:1:${n.toString(16)}::1`)
    expect(statuses[401]).toBeGreaterThanOrEqual(16 * budget)
    expect(statuses[401]).toBeLessThanOrEqual(16 * (budget + minutes))
    expect((statuses[401] ?? 0) + (statuses[429] ?? 0)).toBe(names)
  })
})
