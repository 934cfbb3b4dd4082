import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo } from '../../support/server/second-factor.ts'
import { hasChromium } from '../support/chromium.ts'
import { answerWith, logInAs } from '../support/log-in-as.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite({ env: { RECOVERY_CODES: 'jump-ahead' } })
})
afterAll(async () => site?.stop())

const secretOn = async (page: Page) => {
  await page.getByText('You cannot scan it?').click()
  return ((await page.locator('code.gb-secret').textContent()) ?? '').replaceAll(' ', '')
}

const keepCodes = async (page: Page) => {
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
  const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
  await page.getByLabel('I have kept these codes').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  return codes
}

const provePassword = async (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Password', { exact: true }).fill(person.password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
}

describe.skipIf(!hasChromium)('the security page', () => {
  test('enrolls, makes new codes, replaces and disables a second factor', async () => {
    await site.app.register({ email: 'factor@example.org' })
    const page = await logInAs(site, 'factor@example.org')
    await page.getByRole('link', { name: 'Set up a second factor' }).click()
    await page.getByRole('heading', { name: 'Your second factor is off' }).waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await looksRight(page, 'account-security-off')

    const setUp = page.getByRole('button', { name: 'Set up second factor' })
    await setUp.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Confirm that it is you, then try again.').waitFor()
    expect(await setUp.isVisible()).toBe(true)
    await setUp.click()
    await provePassword(page)
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    const secret = await secretOn(page)
    await looksRight(page, 'account-security-enroll')
    await page.getByLabel('Code from the app').fill(site.steps.codeOf(secret))
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    const codes = await keepCodes(page)
    await page.getByText('Your second factor is on.').waitFor()
    await page.getByText(`${codes.length} left`).waitFor()
    await page.getByText('How recovery codes work').click()
    await page.getByText('removes your second factor').waitFor()
    await looksRight(page, 'account-security-on')

    await page.getByRole('button', { name: 'New recovery codes' }).click()
    await looksRight(page, 'account-security-new-codes')
    await answerWith(page, site.steps.freshCode(secret))
    const renewed = await keepCodes(page)
    expect(renewed.filter((code) => codes.includes(code))).toEqual([])
    await page.getByText('You have new recovery codes.').waitFor()

    await page.getByRole('button', { name: 'Replace' }).click()
    const second = await secretOn(page)
    expect(second).not.toBe(secret)
    await page.getByLabel('Code from the app').fill(site.steps.freshCode(second))
    await keepCodes(page)
    await page.getByText('Your second factor is on.').waitFor()

    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByText('your password alone is enough to log in').waitFor()
    await answerWith(page, '123456')
    await page.getByText('This code is wrong').waitFor()
    await looksRight(page, 'account-security-turn-off')
    await answerWith(page, site.steps.freshCode(second))
    await page.getByText('Your second factor is off. All your other').waitFor()
    expect(site.faults).toEqual([])
  })

  test('changes the password, and says what is wrong with one', async () => {
    await site.app.register({ email: 'word@example.org' })
    const page = await logInAs(site, 'word@example.org', '/account/security')
    const current = page.getByLabel('Current password')
    const next = page.getByLabel('New password')
    const change = async (from: string, to: string) => {
      await current.fill(from)
      await next.fill(to)
      await page.getByRole('button', { name: 'Change password' }).click()
    }
    await change(person.password, 'short')
    await page.getByText('This password is too short.').waitFor()
    await change('a wrong password', 'another long enough passphrase')
    await page.getByText('Your current password is wrong.').waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('current')
    await looksRight(page, 'account-password-refused')
    await change(person.password, 'another long enough passphrase')
    await page.getByText('Your password is changed.').waitFor()
    expect(await current.inputValue()).toBe('')
    await site.app.logIn({ email: 'word@example.org', password: 'another long enough passphrase' })

    await page.goto('/.well-known/change-password')
    await page.waitForURL('**/account/security')
    expect(site.faults).toEqual([])
  })

  test('asks for a code before a password is changed where there is a second factor', async () => {
    const { secret, email } = await site.steps.somebody('both@example.org')
    const page = await site.visitor()
    await page.goto('/login?to=/account/security')
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.locator('input[name=code]').waitFor()
    await answerWith(page, site.steps.freshCode(secret))
    await page.waitForURL((url) => url.pathname === '/account/security')
    site.app.advance(3_600_000)
    await page.getByLabel('Current password').fill(person.password)
    await page.getByLabel('New password').fill('another long enough passphrase')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await answerWith(page, site.steps.freshCode(secret))
    await page.getByText('Your password is changed.').waitFor()
    expect(site.faults).toEqual([])
  })

  test('mails a link to a new address after a proof', async () => {
    await site.app.register({ email: 'old@example.org' })
    const page = await logInAs(site, 'old@example.org')
    await looksRight(page, 'account-overview')
    await page.getByRole('button', { name: 'Change email address' }).click()
    const address = page.getByRole('dialog').getByLabel('New email address')
    expect(await address.getAttribute('autocomplete')).toBe('email')
    await address.fill('new@example.org')
    await looksRight(page, 'account-email')
    await page.getByRole('button', { name: 'Send link' }).click()
    await provePassword(page)
    await page.getByText('If new@example.org can be used').waitFor()
    await looksRight(page, 'account-email-sent')
    await mailTo(site.app.dataDir, 'new@example.org', /address/i)
    expect(site.faults).toEqual([])
  })
})
