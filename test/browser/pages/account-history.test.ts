import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { logInAs } from '../support/log-in-as.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('the history', () => {
  test('shows what happened, and what happens as it happens', async () => {
    const email = 'seen@example.org'
    await site.app.register({ email })
    const page = await logInAs(site, email, '/account/history')
    const entries = page.getByRole('region', { name: 'What happened' }).getByRole('listitem')
    await entries.filter({ hasText: 'Account created' }).waitFor()
    expect(await entries.filter({ hasText: 'Logged in' }).count()).toBe(2)
    expect(await entries.filter({ hasText: 'Password accepted' }).count()).toBe(0)

    // One of them watches the session.
    let streams = 0
    page.on('response', (response) => {
      if (response.url().includes('/audit/me/live')) streams += 1
    })
    await page.reload()
    await expect.poll(() => streams, { timeout: 15_000 }).toBe(2)
    await entries.filter({ hasText: 'Account created' }).waitFor()
    await site.app.post('/login', { email, password: 'a wrong passphrase', transport: 'bearer' })
    await entries.first().getByText('Wrong password').waitFor()
    await page.getByText('New: Wrong password').waitFor()
    await site.app.logIn({ email })
    await entries.first().getByText('Logged in').waitFor()
    await looksRight(page, 'account-history')

    expect(streams).toBe(2)

    await page.getByLabel('Show').selectOption('Password and second factor')
    await page.getByText('Nothing of this kind').waitFor()
    await looksRight(page, 'account-history-none')
    await page.getByLabel('Show').selectOption('Everything, with every step')
    await entries.filter({ hasText: 'Password accepted' }).first().waitFor()
    await looksRight(page, 'account-history-all')
    await page.getByRole('link', { name: 'Look through your sessions and devices' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sessions and devices' }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('looks further back for what is filtered, in German too', async () => {
    const email = 'often@example.org'
    await site.app.register({ email })
    for (let count = 0; count < 60; count += 1) await site.app.logIn({ email })
    const page = await logInAs(site, email, '/account/history', { locale: 'de-DE' })
    const entries = page.getByRole('region', { name: 'Was geschah' }).getByRole('listitem')
    await page.getByLabel('Anzeigen').selectOption('Konto und Berechtigungen')
    await entries.filter({ hasText: 'Konto erstellt' }).waitFor()
    await page.getByLabel('Anzeigen').selectOption('Anmeldungen')
    await page.getByText('Angemeldet').nth(60).waitFor()
    await looksRight(page, 'account-history-german')
    expect(site.faults).toEqual([])
  })
})
