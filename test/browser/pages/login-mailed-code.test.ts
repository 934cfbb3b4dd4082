import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo } from '../../support/server/second-factor.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite({ env: { OTP_PROVIDER: 'email', SECOND_FACTOR_ROLES: '*' } })
})
afterAll(async () => site?.stop())

const mailedCode = async (count: number) =>
  /\b\d{6}\b/.exec((await mailTo(site.app.dataDir, person.email, /Your code/, count)).body)?.[0] ?? ''

describe.skipIf(!hasChromium)('codes that are mailed', () => {
  test('are confirmed with a registration, and asked for again at a login', async () => {
    const page = await site.visitor()
    await page.goto('/register')
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await looksRight(page, 'register-open')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'Confirm that codes reach you' }).waitFor()
    await looksRight(page, 'enrollment-mailed')
    await page.getByLabel('Code that we sent you').fill(await mailedCode(1))
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
    await looksRight(page, 'recovery-codes-single-use')
    await page.getByLabel('I have kept these codes').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()

    site.app.advance(60_000)
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByText('We sent a code to your email address.').waitFor()
    await mailedCode(2)
    await page.getByRole('button', { name: 'Send another code' }).click()
    await page.getByRole('timer').waitFor()
    await looksRight(page, 'login-mailed-wait')
    await page.getByLabel('Code that we sent you').fill(await mailedCode(2))
    await page.waitForURL(({ pathname }) => pathname === '/account')
    expect(site.faults).toEqual([])
  })

  test('begin again with a form that says nothing of the last one, or say why not', async () => {
    const page = await site.visitor()
    await page.goto('/register')
    await page.getByLabel('Email address').fill('late@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.route('**/login/enroll/confirm', (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', json: { code: 'NOT_ENROLLED', status: 409, title: '' } }),
    )
    await page.getByLabel('Code that we sent you').fill('123456')
    const expired = page.getByText('This took too long')
    await expired.waitFor()
    await page.route('**/login/enroll', (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: 'Begin again' }).click()
    await page.getByText('The service cannot be reached').waitFor()
    site.app.advance(60_000)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Confirm that codes reach you' }).waitFor()
    expect(await expired.count()).toBe(0)
    expect(site.faults).toEqual([])
  })
})
