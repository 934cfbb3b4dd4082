import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

/** Read models are rows of the same transaction, so there is nothing to wait for and nothing to tell. */
describe('without a cluster the position of the log', () => {
  let server: InProcess
  let token: string
  beforeAll(async () => {
    server = await startTestServer({ env: { REGISTRATION: 'open' } })
    token = (await server.register()).token
  })
  afterAll(() => server.stop())

  test('is in no response', async () => {
    const answers = [
      await server.post('/register', { ...person, email: 'grace@example.org', transport: 'bearer' }),
      await server.post('/login', { ...person, transport: 'bearer' }),
      await server.post('/token', undefined, token),
      await server.post('/login', { ...person, password: 'wrong', transport: 'bearer' }),
      await server.post('/password/reset', { email: person.email }),
      await server.get('/audit/me', token),
    ]
    for (const { headers } of answers) expect(Object.keys(headers)).not.toContain('gatebook-position')
    expect(answers.at(-1)?.body.entries[0]).not.toHaveProperty('position')
  })

  test('cannot be asked for, with or without a session', async () => {
    const statuses = async (session?: string) => {
      const found = new Set<number>()
      for (const position of ['0', '1', '1000000', 'soon', 'x'.repeat(48)])
        found.add(
          (await server.send({ method: 'GET', path: '/session', token: session, headers: { 'gatebook-position': position } })).status,
        )
      return [...found]
    }
    expect(await statuses()).toEqual([401])
    expect(await statuses(token)).toEqual([200])
  })

  test('is seen by those who may read the log', async () => {
    const { token: root } = await server.setUp(setupToken)
    expect((await server.get('/audit?limit=1', root)).body.entries[0].position).toBeGreaterThan(0)
  })
})
