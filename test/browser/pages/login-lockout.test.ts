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

const visit = async () => {
  const page = await site.visitor()
  await page.clock.install()
  await page.goto('/login')
  return page
}

/** From now on time passes with `wait` only. */
const stopTime = (page: Page) => page.clock.pauseAt(Date.now() + 60_000)

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
    const page = await visit()
    await stopTime(page)
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
    const page = await visit()
    await page.getByLabel('Email address').fill('codes@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    const code = page.getByLabel('Code from your app')
    await code.waitFor()
    await stopTime(page)
    const end = page.getByText('This login is no longer valid.')
    const waits: (string | null)[] = []
    while (!(await end.isVisible())) {
      await code.fill('')
      const answer = page.waitForResponse('**/login/otp')
      await code.fill(wrongCode(site.steps.freshCode(secret)))
      const isLocked = (await answer).status() === 429
      if (!isLocked) await end.or(page.getByText('This code is wrong')).waitFor()
      if (!isLocked) continue
      waits.push(await locked(page))
      if (waits.length === 1) await looksRight(page, 'code-locked')
      await wait(page, 3_600)
      await page.getByText('You can try again now.').waitFor()
    }
    // A code takes a time step of the server's clock, so half a minute of each lock is over.
    expect(waits).toEqual(['0:30', '1:30'])
    expect(site.faults).toEqual([])
  })
})
