import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { wrongCode } from '../../support/server/second-factor.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite({ env: { LOGIN_MAX_ATTEMPTS: '2', MAX_OTP_ATTEMPTS: '2' } })
})
afterAll(async () => site?.stop())

/** Of the server and of the page. */
const wait = async (page: Page, seconds: number) => {
  site.app.advance(seconds * 1000)
  await page.clock.runFor(seconds * 1000)
}

const locked = async (page: Page) => {
  await page.getByRole('timer').waitFor()
  return page.getByRole('timer').textContent()
}

describe.skipIf(!hasChromium)('a lockout', () => {
  test('of logins counts down, ends by itself, and lets one log in', async () => {
    await site.app.register()
    const page = await site.visitor()
    await page.clock.install()
    await page.goto('/login')
    await page.getByLabel('Email address').fill(person.email)
    const password = page.getByLabel('Password', { exact: true })
    const submit = page.getByRole('button', { name: 'Log in' })
    for (const _ of [1, 2, 3]) {
      await password.fill('not the password')
      const answer = page.waitForResponse('**/login')
      await submit.click()
      await answer
    }
    expect(await locked(page)).toBe('1:00')
    expect(await submit.isDisabled()).toBe(true)
    await page.getByRole('alert').getByText('There were too many failed attempts. Try again in 1 minute and 0 seconds.').waitFor()
    await looksRight(page, 'login-locked')
    await wait(page, 20)
    expect(await locked(page)).toBe('0:40')
    await wait(page, 41)
    await page.getByRole('status').getByText('You can try again now.').waitFor()
    await looksRight(page, 'login-lock-over')
    await password.fill(person.password)
    await submit.click()
    await page.waitForURL('**/account')
    expect(site.faults).toEqual([])
  })

  test('of codes counts down too, and the third ends the login', async () => {
    const { secret } = await site.steps.somebody('codes@example.org')
    const page = await site.visitor()
    await page.clock.install()
    await page.goto('/login')
    await page.getByLabel('Email address').fill('codes@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    const code = page.getByLabel('Code from your app')
    const waits: (string | null)[] = []
    while (waits.length < 3) {
      await code.waitFor()
      await code.fill('')
      const answer = page.waitForResponse('**/login/otp')
      await code.fill(wrongCode(site.steps.freshCode(secret)))
      const { status } = { status: (await answer).status() }
      if (status !== 429) continue
      waits.push(await locked(page))
      await looksRight(page, 'code-locked')
      await wait(page, 3600)
      await page.getByText('You can try again now.').waitFor()
    }
    await code.fill('')
    await code.fill(site.steps.freshCode(secret))
    await page.getByText('This login is no longer valid.').waitFor()
    expect(site.faults).toEqual([])
  })
})
