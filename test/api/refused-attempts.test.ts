import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { startTestServer } from '../support/server/start-test-server.ts'
import { suiteServer } from '../support/server/suite-server.ts'

describe('after the login', async () => {
  const { app, steps } = await suiteServer()
  const refused = async (token: string) => mustBe(200, await app.get('/session/refused-attempts', token))
  const wrong = (email: string) => app.post('/login', { email, password: 'a wrong passphrase', transport: 'bearer' })
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let n = 0; n < count; n++) await work()
  }

  test('the owner sees the attempts that were refused since the last visit, those during a lock too', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-refused-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const before = await startTestServer({ dataDir })
    const { token, session } = await before.register(person)
    const ask = (server: typeof before, token: string) => server.get('/session/refused-attempts', token)
    expect(mustBe(200, await ask(before, token))).toEqual({ count: 0, since: null, isMore: false })
    before.advance(1_000)
    await times(7, () => before.post('/login', { ...person, password: 'a wrong passphrase', transport: 'bearer' }))
    // What came during the lock is recorded once a minute, and at the end.
    await before.stop()
    const after = await startTestServer({ dataDir, hooks: { wall: () => Date.now() + 120_000 } })
    onTestFinished(() => after.stop())
    const next = await after.logIn()
    expect(mustBe(200, await ask(after, next.token))).toEqual({ count: 7, since: session.grantedAt, isMore: false })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const last = await after.logIn()
    expect(mustBe(200, await ask(after, last.token))).toMatchObject({ count: 0, since: next.session.grantedAt })
    expect(mustBe(200, await ask(after, next.token))).toMatchObject({ count: 7 })
  })

  test('a stranger with the password alone neither sees it nor makes it start again', async () => {
    const { email, secret, session } = await steps.somebody('eve@example.org')
    app.advance(1_000)
    await times(3, () => wrong(email))
    const body = mustBe(200, await steps.password(email))
    expect(JSON.stringify(body)).not.toMatch(/refused|attempts|count/)
    expect(await app.get('/session/refused-attempts', body.challenge)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    await times(1, () => wrong(email))
    const { token } = await steps.logInWith(email, steps.freshCode(secret))
    expect(await refused(token)).toMatchObject({ count: 4, since: session.grantedAt })
  })

  test('nobody sees those of others', async () => {
    await wrong(person.email)
    const { token } = await app.register({ email: 'other@example.org' })
    app.advance(1_000)
    expect(await refused((await app.logIn({ email: 'other@example.org' })).token)).toMatchObject({ count: 0 })
    expect(await refused(token)).toMatchObject({ count: 0, since: null })
    expect(await app.get('/session/refused-attempts')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })
})
