import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

const owner = { email: 'ada@example.org', password: 'a long enough passphrase' }
const connections = 90
const times = 20

const from = (address: string, cookie?: string) => ({ 'x-forwarded-for': address, ...(cookie === undefined ? {} : { cookie }) })

describe(`${connections} connections guess from addresses of one /48, behind a proxy and without limits by address`, () => {
  let app: InProcess
  let device: string
  let stopped = false
  const answers = new Map<number, number>()

  const logIn = (address: string, cookie?: string) => {
    const body = { ...owner, transport: cookie === undefined ? 'bearer' : 'cookie' }
    return app.send({ method: 'POST', path: '/login', body, origin, headers: from(address, cookie) })
  }

  const attack = async (connection: number) => {
    for (let n = 0; !stopped; n += 1) {
      const address = `2001:db8:1:${connection.toString(16)}::${n.toString(16)}`
      const body = { email: `nobody-${connection}-${n}@example.org`, password: 'not the password', transport: 'bearer' }
      const { status } = await app.send({ method: 'POST', path: '/login', body, headers: from(address) })
      answers.set(status, (answers.get(status) ?? 0) + 1)
      if (status === 503) await pause(50)
    }
  }
  let attackers: Promise<unknown>

  beforeAll(async () => {
    app = await startTestServer({
      env: {
        TRUSTED_PROXIES: '127.0.0.1',
        HASH_QUEUE_LIMIT: '64',
        LOGIN_RATE_PER_MINUTE: '0',
        ARGON2_MEMORY_KIB: '4096',
        ARGON2_TIME: '1',
      },
    })
    await app.register(owner)
    device = `__Host-gatebook-device=${cookieOf(await logIn('198.51.100.250', 'none=yet'), '__Host-gatebook-device').token}`
    attackers = Promise.all(Array.from({ length: connections }, (_, n) => attack(n)))
    while ((answers.get(503) ?? 0) < connections) await pause(20)
  })
  afterAll(async () => {
    stopped = true
    await attackers
    await app.stop()
  })

  const outcomes = async (log: (n: number) => ReturnType<typeof logIn>) => {
    const statuses: number[] = []
    for (let n = 1; n <= times; n += 1) statuses.push((await log(n)).status)
    return statuses
  }
  const every = Array.from({ length: times }, () => 200)

  test('the owner gets in from addresses of her own, every time', async () => {
    expect(await outcomes((n) => logIn(`198.51.100.${n}`))).toEqual(every)
    expect(await outcomes((n) => logIn(`2001:db8:2:${n}::1`))).toEqual(every)
  })

  test('and on a known device in the very same /48', async () => {
    expect(await outcomes((n) => logIn(`2001:db8:1:${n}::1`, device))).toEqual(every)
  })

  test('and elevates a session there', async () => {
    const { token } = await app.logIn(owner)
    let current = token
    for (let n = 1; n <= times; n += 1) {
      const path = '/session/elevate'
      const headers = from(`2001:db8:1:${n}::1`)
      const { status, body } = await app.send({ method: 'POST', path, body: { password: owner.password }, token: current, headers })
      expect(status).toBe(200)
      current = body.token
    }
  })

  test('while the guesses go on', () => {
    expect([...answers.keys()].sort()).toEqual([401, 503])
  })
})
