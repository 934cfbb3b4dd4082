import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, phone, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite({ env: { SECOND_FACTOR_ROLES: 'admin', RECOVERY_CODES: 'jump-ahead' } })
})
afterAll(async () => site?.stop())

const givePassword = async (page: Page, email: string) => {
  await page.goto('/login')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.keyboard.press('Enter')
}

/** What `window.print` would put on paper: the texts that are visible to the printer. */
const printed = async (page: Page): Promise<string> => {
  await page.emulateMedia({ media: 'print' })
  const text = await page.evaluate('document.body.innerText')
  await page.emulateMedia({ media: 'screen' })
  return String(text)
}

describe.skipIf(!hasChromium)('a role that requires a second factor', () => {
  test('makes the first administrator enroll before the session begins', async () => {
    const page = await site.visitor({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(`/setup#${setupToken}`)
    await page.getByLabel('Email address').fill('root@example.org')
    expect(page.url()).toBe(`${site.url}/setup`)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await looksRight(page, 'setup')
    await page.getByRole('button', { name: 'Create administrator' }).click()
    await page.getByText('This password is too short.').waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('password')
    await looksRight(page, 'setup-refused')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create administrator' }).click()

    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Set up your authenticator app')
    await looksRight(page, 'enrollment-scan')
    await page.getByText('You cannot scan it?').click()
    await page.getByRole('button', { name: 'Copy key' }).click()
    const secret = String(await page.evaluate('navigator.clipboard.readText()'))
    expect((await page.locator('code').textContent())?.replaceAll(' ', '')).toBe(secret)
    await looksRight(page, 'enrollment-key')
    await page.getByLabel('Code from the app').fill('000000')
    await page.getByText('This code is wrong').waitFor()
    await page.getByLabel('Code from the app').fill('')
    await page.getByLabel('Code from the app').fill(site.steps.codeOf(secret))

    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
    await looksRight(page, 'recovery-codes')
    const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
    expect(codes.length).toBeGreaterThan(5)
    const paper = await printed(page)
    for (const code of codes) expect(paper).toContain(code)
    expect(paper).toContain('Recovery codes for localhost')
    expect(paper).not.toContain('Continue')
    expect(paper).not.toContain('English')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()])
    expect(download.suggestedFilename()).toBe('recovery-codes-localhost.txt')
    const file = readFileSync(await download.path(), 'utf8')
    expect(file).toContain(`1. ${codes[0]}\n2. ${codes[1]}\n`)
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(file)

    await page.getByRole('button', { name: 'Continue' }).click()
    expect(new URL(page.url()).pathname).toBe('/setup')
    await page.getByLabel('I have kept these codes in a safe place').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL('**/admin')
    expect(site.faults).toEqual([])
  })

  test('is told what the last recovery code of a jump-ahead set does, before and after', async () => {
    const { recoveryCodes } = await site.steps.somebody('last@example.org')
    const page = await site.visitor({ ...phone, locale: 'de-DE' })
    await page.goto('/login')
    await page.getByLabel('E-Mail-Adresse').fill('last@example.org')
    await page.getByLabel('Passwort', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await page.getByRole('button', { name: 'Wiederherstellungscode benutzen' }).click()
    await page.getByLabel('Wiederherstellungscode').fill(recoveryCodes.at(-1) ?? '')
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await page.getByRole('heading', { name: 'Ihr zweiter Faktor wurde entfernt' }).waitFor()
    await looksRight(page, 'factor-removed')
    await page.getByRole('button', { name: 'Weiter' }).click()
    await page.waitForURL('**/account')
    expect(site.faults).toEqual([])
  })

  test('has no second first administrator', async () => {
    const page = await site.visitor()
    await page.goto('/setup')
    await page.getByLabel('Setup token').fill('not the token')
    await page.getByLabel('Email address').fill('second@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'This service is set up' }).waitFor()
    await looksRight(page, 'setup-over')
    await givePassword(page, 'second@example.org')
    await page.getByText('The email address or the password is wrong.').waitFor()
    expect(site.faults).toEqual([])
  })
})
