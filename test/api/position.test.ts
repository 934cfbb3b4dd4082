import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

describe('the position that an answer names', () => {
  let server: InProcess
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  const register = (email: string) => server.post('/register', { ...person, email, transport: 'bearer' })
  const read = (token: string, position: unknown) =>
    server.send({ method: 'GET', path: '/secure/user', token, headers: { 'gatebook-position': String(position) } })

  test('is where the log is now, and can be asked for', async () => {
    const registered = await register('ada@example.org')
    const position = registered.headers['gatebook-position']
    expect(await server.gatebook.store.head()()).toMatchObject({ right: Number(position) })
    expect((await read(registered.body.token, position)).status).toBe(200)
  })

  test('is not waited for where the log never comes to it', async () => {
    const { body } = await register('grace@example.org')
    expect((await read(body.token, 1_000_000)).body).toEqual(problem('STALE_READ_MODEL', { retryAfter: 1 }))
  })

  test('tells nobody whether an address is known', async () => {
    await register('known@example.org')
    const headersOf = async (path: string, body: object) =>
      Object.keys((await server.post(path, body)).headers)
        .toSorted()
        .join()
    const guess = { password: 'not the password of anybody', transport: 'bearer' }
    expect(await headersOf('/login', { email: 'known@example.org', ...guess })).toBe(
      await headersOf('/login', { email: 'nobody@example.org', ...guess }),
    )
    expect(await headersOf('/login', { email: 'known@example.org', ...guess })).not.toContain('gatebook-position')
    const [known, unknown] = [
      await headersOf('/password/reset', { email: 'known@example.org' }),
      await headersOf('/password/reset', { email: 'nobody@example.org' }),
    ]
    expect(known).toBe(unknown)
    expect(known).not.toContain('gatebook-position')
  })
})
