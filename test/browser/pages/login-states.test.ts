import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo, ticketIn } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let mine: string
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite({ env: { REGISTRATION: 'closed' } })
  mine = (await site.app.setUp(setupToken, { email: person.email })).token
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('the login page', () => {
  test('lets somebody whose password was set choose another one', async () => {
    const set = 'a passphrase that was set'
    const root = await site.app.elevated(mine)
    const created = await site.app.post('/admin/accounts', { email: 'set@example.org', password: set }, root)
    expect(created.status).toBe(201)
    mine = root
    const page = await site.visitor()
    await page.goto('/login')
    await page.getByLabel('Email address').fill('set@example.org')
    await page.getByLabel('Password', { exact: true }).fill(set)
    await page.keyboard.press('Enter')
    await page.getByText('Somebody else set your password.').waitFor()
    await looksRight(page, 'login-new-password')
    const chosen = page.getByLabel('New password', { exact: true })
    await chosen.fill(set)
    await page.keyboard.press('Enter')
    await page.getByText('This is your current password.').waitFor()
    await chosen.fill('a passphrase of their own')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/account')
    expect(site.faults).toEqual([])
  })

  test('offers no registration where that is closed', async () => {
    const page = await site.visitor()
    await page.goto('/login')
    await page.getByText('This browser will be remembered').click()
    await looksRight(page, 'login-device')
    expect(await page.getByRole('link', { name: 'Create an account' }).count()).toBe(0)
    await page.goto('/register')
    await page.getByText('New accounts are made by an administrator.').waitFor()
    await looksRight(page, 'register-closed')
    expect(site.faults).toEqual([])
  })

  test('says once that the session has ended elsewhere', async () => {
    const page = await site.visitor()
    await page.goto('/login?to=/account')
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Log out' }).waitFor()
    expect((await site.app.post('/logout/everywhere', undefined, mine)).status).toBe(204)
    await page.getByText('You were logged out.').waitFor()
    await looksRight(page, 'logged-out')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await page.getByText('You were logged out.').count()).toBe(0)
    expect(site.faults).toEqual([])
  })

  test('is not shown when a logout has failed, which is said', async () => {
    const page = await site.visitor()
    await page.goto('/login')
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    const logOut = page.getByRole('button', { name: 'Log out' })
    await page.route('**/api/1/logout', (route) => route.abort())
    await logOut.click()
    await page.getByText('The service cannot be reached. Check your connection.').waitFor()
    await looksRight(page, 'logout-failed')
    await page.unrouteAll()
    await logOut.click()
    await page.getByText('You were logged out.').waitFor()
    expect(site.faults).toEqual([])
  })

  test('says so when the browser keeps no cookie', async () => {
    const page = await site.visitor()
    await page.route('**/api/1/login', (route) => route.fulfill({ json: { status: 'authenticated' } }))
    await page.goto('/login')
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByText('Your browser did not keep the session.').waitFor()
    await looksRight(page, 'login-not-kept')
    expect(site.faults).toEqual([])
  })

  test('and those behind it say that the service is away, and try again by themselves', async () => {
    const page = await site.visitor()
    await page.clock.install()
    await page.route('**/api/1/session*', (route) => route.abort())
    await page.goto('/account')
    await page.clock.runFor(5_000)
    await page.getByText('The service cannot be reached. We keep trying.').waitFor()
    await looksRight(page, 'service-away')
    await page.goto('/login')
    await page.clock.runFor(5_000)
    await page.getByText('The service cannot be reached. We keep trying.').waitFor()
    await page.unroute('**/api/1/session*')
    await page.clock.runFor(5_000)
    await page.getByText('We keep trying.').waitFor({ state: 'detached' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (let times = 0; times < 5; times += 1) {
      await page.clock.runFor(4_000)
      await page.evaluate('fetch("/health/live")')
    }
    expect(await page.getByText('We keep trying.').count()).toBe(0)
    expect(asked.filter((url) => url.includes('/session'))).toEqual([])
    expect(site.faults).toEqual([])
  })

  test('is shown where the browser allows no storage', async () => {
    const page = await site.visitor()
    await page.addInitScript(
      "Object.defineProperty(globalThis, 'localStorage', { get: () => { throw new DOMException('Access is denied', 'SecurityError') } })",
    )
    await page.goto('/login')
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('button', { name: 'Anmelden' }).waitFor()
    expect(site.faults).toEqual([])
  })
})

describe.skipIf(!hasChromium)('the link to a new email address', () => {
  test('changes it when its button is pressed, once', async () => {
    const { token } = await site.app.logIn()
    const asked = await site.app.post('/email', { email: 'new@example.org', password: person.password }, token)
    expect(asked.status).toBe(202)
    const ticket = ticketIn(await mailTo(site.app.dataDir, 'new@example.org', /address/))
    const page = await site.visitor()
    const used: string[] = []
    page.on('request', (request) => request.postData()?.includes(ticket) && used.push(request.url()))
    await page.goto(`/email#${ticket}`)
    await looksRight(page, 'email')
    expect(page.url()).toBe(`${site.url}/email`)
    expect(used).toEqual([])
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await page.getByRole('heading', { name: 'Your email address is changed' }).waitFor()
    await looksRight(page, 'email-done')
    expect(used.length).toBe(1)
    await page.goto('/login')
    await page.goto(`/email#${ticket}`)
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await page.getByText('change your address in your account once more').waitFor()
    expect(site.faults).toEqual([])
  })
})
