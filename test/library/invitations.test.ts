import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailsTo, mailTo, ticketIn } from '../support/server/second-factor.ts'
import { openApp, password, refusal } from './support.ts'

const secret = 'another horse battery'

describe('an invitation by a host app', () => {
  let host: Awaited<ReturnType<typeof openApp>>
  beforeAll(async () => {
    host = await openApp({ registration: 'closed' })
  })
  afterAll(() => host.close())

  test('lets its reader choose a password with the link', async () => {
    const { account, created } = await host.gatebook.accounts.invite({ email: 'guest@example.org', roles: ['editor'] })
    expect([created, account.roles]).toEqual([true, ['editor']])
    expect(await host.gatebook.accounts.get(account.id)).toMatchObject({ invited: true })
    expect((await host.post('/login', { email: 'guest@example.org', password, transport: 'bearer' })).json().code).toBe(
      'INVALID_CREDENTIALS',
    )
    expect(await refusal(host.gatebook.accounts.invite({ email: 'guest@example.org' }))).toMatchObject({ code: 'EMAIL_TAKEN' })
    expect(await host.gatebook.accounts.invite({ email: 'guest@example.org', ifExists: 'keep' })).toMatchObject({ created: false })
    const token = ticketIn(await mailTo(host.dataDir, 'guest@example.org', /^You are invited$/))
    expect((await host.post('/invitation/confirm', { token, password: secret, transport: 'bearer' })).statusCode).toBe(200)
    expect(await host.logIn('guest@example.org', secret)).toEqual(expect.any(String))
  })

  test('is void once the account has another address', async () => {
    const { account } = await host.gatebook.accounts.invite({ email: 'mistyped@example.org' })
    const token = ticketIn(await mailTo(host.dataDir, 'mistyped@example.org', /^You are invited$/))
    await host.gatebook.accounts.setEmail(account.id, 'well.typed@example.org')
    expect((await host.post('/invitation/confirm', { token, password: secret, transport: 'bearer' })).statusCode).toBe(401)
    expect(await host.gatebook.accounts.get(account.id)).toMatchObject({ invited: true })
  })

  test('is not mailed to an account that is disabled', async () => {
    const own = await openApp()
    const { invite, setEmail, disable } = own.gatebook.accounts
    const { account } = await invite({ email: 'gone@example.org' })
    // Each address gets one mail in five minutes, so the second one goes to another address.
    await setEmail(account.id, 'moved@example.org')
    await disable(account.id)
    expect(await invite({ email: 'moved@example.org', ifExists: 'keep' })).toMatchObject({ created: false })
    // Closing waits for mails that are being sent.
    await own.app.close()
    const subjectsTo = (email: string) => mailsTo(own.dataDir, email).map(({ headers }) => headers.subject)
    expect(subjectsTo('gone@example.org')).toContain('You are invited')
    expect(subjectsTo('moved@example.org')).not.toContain('You are invited')
    await own.close()
  })
})
