import { type GatebookServer, startGatebook } from 'gatebook/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canariesBelow } from '../attack/support/canaries.ts'

describe('a Gatebook server for tests', () => {
  let server: GatebookServer
  beforeAll(async () => {
    server = await startGatebook({ env: { SECOND_FACTOR_ROLES: 'admin' } })
  })
  afterAll(() => server.stop())

  const get = (path: string, headers: Readonly<Record<string, string>>) => fetch(`${server.baseUrl}/api/1${path}`, { headers })

  test('logs in users that it made, over its socket', async () => {
    const root = await server.createUser({ roles: ['admin'], secondFactor: true })
    const { headers } = await server.login(root, { elevated: true })
    expect(headers.origin).toBe(server.baseUrl.replace('127.0.0.1', 'localhost'))
    const { headers: bearer } = await server.login(root, { bearer: true })
    for (const sent of [headers, bearer]) expect((await get('/admin/accounts', sent)).status).toBe(200)
    const ended = await fetch(`${server.baseUrl}/api/1/logout`, { method: 'POST', headers })
    expect(ended.status).toBe(204)
  })

  test('has a clock of its own, which codes move on too', async () => {
    const user = await server.createUser({ secondFactor: true })
    const { headers } = await server.login(user)
    const before = server.clock.now().getTime()
    await server.totp(user)
    await server.totp(user)
    expect(server.clock.now().getTime() - before).toBeGreaterThan(30_000)
    expect(Math.abs((await server.clock.advance({ hours: 25 })).getTime() - server.clock.now().getTime())).toBeLessThan(5_000)
    expect((await get('/session', headers)).status).toBe(401)
    const { headers: later } = await server.login(user, { elevated: true })
    const { session } = (await (await get('/session', later)).json()) as { session: { elevatedUntil: string } }
    expect(Date.parse(session.elevatedUntil)).toBeGreaterThan(before + 25 * 3_600_000)
  })

  test('shows the mails that it sent', async () => {
    const { email } = await server.createUser()
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email }) }
    await fetch(`${server.baseUrl}/api/1/password/reset`, sent)
    const [mail] = await server.mails(email)
    expect(mail?.link).toMatch(new RegExp(`/reset#${mail?.token}$`))
  })

  test('rejects with the problem of the service', async () => {
    await expect(server.createUser({ email: 'nobody' })).rejects.toMatchObject({
      name: 'GatebookError',
      code: 'VALIDATION_FAILED',
      details: { errors: [{ path: 'email', expected: expect.any(String) }] },
    })
  })

  test('answers many calls at once, each its own', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `user-${n}@example.net`)
    const users = await Promise.all(names.map((email) => server.createUser({ email })))
    expect(users.map(({ email }) => email)).toEqual(names)
  })
})

test('a server that was killed goes on with its clock and its codes', async () => {
  const first = await startGatebook()
  const user = await first.createUser({ secondFactor: true })
  const before = await first.clock.advance({ days: 3 })
  const codes = [await first.totp(user)]
  await first.kill()
  await using second = await startGatebook({ dataDir: first.dataDir })
  expect(second.clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime())
  codes.push(await second.totp(user), await second.totp(user))
  expect(new Set(codes).size).toBe(3)
  await second.login(user)
  expect(canariesBelow(first.dataDir, { secret: user.secondFactor?.secret ?? '' })).toEqual([])
  await second.stop()
  await first.stop()
})

test('what waits for a server that is killed is rejected', async () => {
  const server = await startGatebook({ env: { ARGON2_MEMORY_KIB: '65536', ARGON2_TIME: '6' } })
  const made = expect(server.createUser()).rejects.toThrow('has ended')
  await server.kill()
  await made
  await expect(server.mails()).rejects.toThrow('has ended')
  await server.stop()
})
