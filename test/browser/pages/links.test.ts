import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo, ticketIn } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite({ env: { REGISTRATION: 'verified' } })
})
afterAll(async () => site?.stop())

const better = 'a better and longer passphrase'

/** Every address that the tab can go back to. */
const historyOf = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  const { entries } = await session.send('Page.getNavigationHistory')
  await session.detach()
  return entries.map(({ url, title }) => `${url} ${title}`).join('\n')
}

/** Opens the link as it stands in the mail. Returns what the page has sent since, with the headers. */
const follow = async (page: Page, path: string, token: string) => {
  const sent: { readonly method: string; readonly url: string; readonly headers: string; readonly body: string | null }[] = []
  page.on('request', (request) => {
    sent.push({ method: request.method(), url: request.url(), headers: JSON.stringify(request.headers()), body: request.postData() })
  })
  await page.goto('/')
  await page.goto(`${path}#${token}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(new URL(page.url()).hash).toBe('')
  expect(await historyOf(page)).not.toContain(token)
  expect(await page.evaluate('JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }])')).toBe('[null,{},{}]')
  const used = () => sent.filter(({ body }) => body?.includes(token))
  expect(used()).toEqual([])
  return { sent, used }
}

const isNowhereElse = (token: string, { sent }: Awaited<ReturnType<typeof follow>>) => {
  for (const { url, headers } of sent) expect(`${url} ${headers}`).not.toContain(token)
}

const registered = async (email: string) => {
  await site.app.post('/register', { email, transport: 'bearer' })
  const token = ticketIn(await mailTo(site.app.dataDir, email, /Finish your registration/))
  await site.app.post('/register/confirm', { token, password: person.password, transport: 'bearer' })
}

describe.skipIf(!hasChromium)('a mailed link', () => {
  test('finishes a registration when its button is pressed, once', async () => {
    const email = 'new@example.org'
    const page = await site.visitor()
    await page.goto('/login')
    await page.getByRole('link', { name: 'Create an account' }).click()
    await page.getByLabel('Email address').fill(email)
    await looksRight(page, 'register-verified')
    await page.keyboard.press('Enter')
    await page.getByText(`If everything is right, a mail to ${email} is on its way.`).waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Check your mail')
    await looksRight(page, 'check-mail')
    const token = ticketIn(await mailTo(site.app.dataDir, email, /Finish your registration/))
    const link = await follow(page, '/register', token)
    await page.getByLabel('New password').fill('abcabcabcabcabcabc')
    await page.getByRole('button', { name: 'Finish registration' }).click()
    await page.locator('.gb-error').waitFor()
    await looksRight(page, 'register-confirm-refused')
    await page.getByLabel('New password').fill(person.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/account')
    expect(link.used().length).toBe(2)
    isNowhereElse(token, link)

    const other = await site.visitor()
    await follow(other, '/register', token)
    await other.getByLabel('New password').fill(person.password)
    await other.keyboard.press('Enter')
    await other.getByText('This email address already has an account.').waitFor()
    await looksRight(other, 'register-confirm-used')
    await other.getByRole('link', { name: 'Log in' }).waitFor()
    await other.goto('/register#madeup')
    await other.getByLabel('New password').fill(person.password)
    await other.keyboard.press('Enter')
    await other.getByRole('heading', { name: 'This link is no longer valid' }).waitFor()
    expect(await other.evaluate('document.activeElement.tagName')).toBe('H1')
    await looksRight(other, 'void-link')
    await other.getByRole('button', { name: 'Ask for a new link' }).click()
    await other.getByLabel('Email address').waitFor()
    expect(site.faults).toEqual([])
  })

  test('resets a forgotten password, and ends every session', async () => {
    const email = 'forgetful@example.org'
    await registered(email)
    const page = await site.visitor()
    await page.goto('/login')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByRole('heading', { name: 'Reset your password' }).waitFor()
    await looksRight(page, 'reset-request')
    await page.getByLabel('Email address').fill(email)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    const token = ticketIn(await mailTo(site.app.dataDir, email, /Reset your password/))
    // Pasted into the tab that has just asked for it: only the fragment changes.
    await page.evaluate(`location.hash = ${JSON.stringify(token)}`)
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    expect(page.url()).not.toContain('#')
    expect(await historyOf(page)).not.toContain(token)
    await looksRight(page, 'reset')
    await page.getByLabel('New password').fill(better)
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    await looksRight(page, 'reset-done')
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(better)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/account')

    await page.goto(`/reset#${token}`)
    await page.getByLabel('New password').fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'This link is no longer valid' }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('invites somebody, whom it logs in with the password of their choice', async () => {
    const email = 'guest@example.org'
    const { token: mine } = await site.app.setUp(setupToken)
    const elevated = await site.app.elevated(mine)
    expect((await site.app.post('/admin/accounts', { email, invite: true }, elevated)).status).toBe(201)
    const token = ticketIn(await mailTo(site.app.dataDir, email, /invited/))
    const page = await site.visitor()
    const link = await follow(page, '/invitation', token)
    await looksRight(page, 'invitation')
    await page.getByLabel('New password').fill(person.password)
    await page.getByRole('button', { name: 'Set password and log in' }).click()
    await page.waitForURL('**/account')
    isNowhereElse(token, link)
    await page.goto(`/invitation#${token}`)
    await page.getByLabel('New password').fill(better)
    await page.keyboard.press('Enter')
    await page.getByText('Ask whoever invited you for a new invitation.').waitFor()
    await looksRight(page, 'invitation-void')
    await page.goto('/invitation')
    await page.getByRole('heading', { name: 'Open the link in your mail' }).waitFor()
    await looksRight(page, 'no-link')
    expect(site.faults).toEqual([])
  })

  test('that was cut off in the middle is one that is no longer valid', async () => {
    const page = await site.visitor()
    await page.goto('/reset#%')
    await page.getByLabel('New password').fill(better)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'This link is no longer valid' }).waitFor()
    expect(site.faults).toEqual([])
  })
})
