import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { aStep, wrongCode } from '../../support/server/second-factor.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

const givePassword = async (page: Page, email: string, password = person.password) => {
  await page.goto('/login')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** Everything that outlives the page, and its address. */
const keptBy = (page: Page): Promise<string> =>
  page.evaluate(`JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href, document.cookie])`)

const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.name || document.activeElement.textContent')

describe.skipIf(!hasChromium)('logging in with a second factor', () => {
  test('asks for the password, then for a code of the authenticator', async () => {
    const { secret } = await site.steps.somebody('totp@example.org')
    const page = await site.visitor()
    const challenges: string[] = []
    page.on('request', (request) => {
      const { challenge } = JSON.parse(request.postData() ?? '{}')
      if (challenge !== undefined) challenges.push(challenge)
    })
    await givePassword(page, 'totp@example.org', 'not the password')
    await page.getByText('The email address or the password is wrong.').waitFor()
    expect(await focused(page)).toBe('password')
    await looksRight(page, 'login-wrong-password')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')

    const code = page.getByLabel('Code from your app')
    await code.waitFor()
    expect(await focused(page)).toBe('code')
    await looksRight(page, 'login-code')
    const right = site.steps.freshCode(secret)
    await code.pressSequentially(wrongCode(right))
    expect(challenges).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('This code is wrong').waitFor()
    expect(await focused(page)).toBe('code')
    await looksRight(page, 'login-wrong-code')

    const kept = await keptBy(page)
    for (const challenge of challenges) expect(kept).not.toContain(challenge)
    expect(kept.startsWith('[{},{},null,')).toBe(true)

    await code.fill('')
    await code.fill(`${right.slice(0, 3)} ${right.slice(3)}`)
    await page.waitForURL('**/account')
    expect(challenges.length).toBeGreaterThan(1)
    expect(site.faults).toEqual([])
  })

  test('takes a recovery code, by the keyboard alone', async () => {
    const { recoveryCodes } = await site.steps.somebody('recovery@example.org')
    const page = await site.visitor({ colorScheme: 'dark' })
    await page.goto('/login')
    expect(await focused(page)).toBe('email')
    await page.keyboard.type('recovery@example.org')
    await page.keyboard.press('Tab')
    await page.keyboard.type(person.password)
    await page.keyboard.press('Enter')
    await page.getByLabel('Code from your app').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Use a recovery code')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('recovery-code')
    await looksRight(page, 'login-recovery')
    await page.keyboard.type('0000-0000-0000-0')
    await page.keyboard.press('Enter')
    await page.getByText('This code is wrong').waitFor()
    await page.getByLabel('Recovery code').fill(recoveryCodes[3] ?? '')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/account')
    expect(site.faults).toEqual([])
  })

  test('begins again once the challenge is void, and not before', async () => {
    const { secret, token } = await site.steps.somebody('void@example.org')
    const page = await site.visitor()
    await givePassword(page, 'void@example.org')
    const code = page.getByLabel('Code from your app')
    await code.fill(wrongCode(site.steps.codeOf(secret)))
    await page.getByText('This code is wrong').waitFor()
    expect((await site.app.post('/logout/everywhere', undefined, token)).status).toBe(204)
    await code.fill(site.steps.freshCode(secret))
    await page.getByText('This login is no longer valid.').waitFor()
    expect(await focused(page)).toBe('password')
    expect(await page.getByLabel('Email address').inputValue()).toBe('void@example.org')
    await looksRight(page, 'login-restarted')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    site.app.advance(aStep)
    await page.getByLabel('Code from your app').fill(site.steps.freshCode(secret))
    await page.waitForURL('**/account')
    expect(site.faults).toEqual([])
  })
})
