import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { startTestServer } from '../support/server/start-test-server.ts'
import { suiteServer } from '../support/server/suite-server.ts'

const rejected = (reason: string) => ({ status: 422, body: { code: 'PASSWORD_REJECTED', reason } })

describe('the least length', async () => {
  const { app, steps } = await suiteServer()
  const register = (password: string, email = 'grace@example.org') => app.post('/register', { email, password, transport: 'bearer' })

  test('is 15 where the password is the only factor', async () => {
    expect(await register('fourteen chars')).toMatchObject(rejected('too_short'))
    expect(await register('fifteen charact')).toMatchObject({ status: 201 })
  })

  test('is 8 for an account with a second factor, when the password changes', async () => {
    const { token } = await app.register({ email: 'plain@example.org' })
    const change = (of: string, newPassword: string) => app.post('/password', { currentPassword: person.password, newPassword }, of)
    expect(await change(token, 'hj7Kq2!x')).toMatchObject(rejected('too_short'))
    const ada = await steps.somebody('ada@example.org')
    expect(await change(ada.token, 'hj7Kq2!')).toMatchObject(rejected('too_short'))
    expect((await change(ada.token, 'hj7Kq2!x')).status).toBe(204)
  })

  test('is 8 where everybody needs a second factor, and what PASSWORD_MIN_LENGTH says in any case', async () => {
    for (const [env, least] of [
      [{ SECOND_FACTOR_ROLES: '*' }, 8],
      [{ PASSWORD_MIN_LENGTH: '10' }, 10],
      [{ PASSWORD_MIN_LENGTH: '12', SECOND_FACTOR_ROLES: '*' }, 12],
    ] as const) {
      const other = await startTestServer({ env })
      const asked = (password: string) => other.post('/register', { email: 'ada@example.org', password, transport: 'bearer' })
      expect(await asked('hj7Kq2!xw9Zt'.slice(0, least - 1))).toMatchObject(rejected('too_short'))
      expect((await asked('hj7Kq2!xw9Zt'.slice(0, least))).status).toBeLessThan(300)
      await other.stop()
    }
  })
})

describe('a new password', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-list-'))
  const list = join(folder, 'list.txt')
  const breached = 'a breached passphrase'
  writeFileSync(list, `${createHash('sha1').update(breached).digest('hex').toUpperCase()}:12\r\n`)
  const { app } = await suiteServer({ env: { BREACHED_PASSWORDS: list, TOTP_ISSUER: 'Lighthouse' } })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is not one of a known breach, which is counted', async () => {
    expect(await app.post('/register', { email: 'a@example.org', password: breached, transport: 'bearer' })).toMatchObject(
      rejected('breached'),
    )
    expect((await app.get('/metrics')).text).toContain('gatebook_breach_checks_total{outcome="breached"} 1')
  })

  test('does not name the service', async () =>
    expect(await app.post('/register', { email: 'a@example.org', password: 'my lighthouse at sea', transport: 'bearer' })).toMatchObject(
      rejected('contains_service'),
    ))

  test('differs from the current one, when it is changed and when it is reset', async () => {
    const { token } = await app.register({ email: 'ada@example.org' })
    const same = { currentPassword: person.password, newPassword: person.password }
    expect(await app.post('/password', same, token)).toMatchObject(rejected('unchanged'))
    expect(await app.post('/password', { ...same, currentPassword: 'not the password' }, token)).toMatchObject({ status: 401 })
    expect((await app.get('/session', token)).status).toBe(200)
  })
})

test('a list that is not there stops the start', async () => {
  await expect(startTestServer({ env: { BREACHED_PASSWORDS: '/does/not/exist' } })).rejects.toMatchObject({
    failure: { detail: expect.stringContaining('BREACHED_PASSWORDS') },
  })
})
