import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite()
  // Chromium writes onto each field what its own password manager takes it for.
  browser = await openChromium(['--show-autofill-signatures', '--enable-features=AutofillShowTypePredictions'])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

type Seen = readonly (readonly [name: string, as: string | null])[]

const seenBy = async (page: Page, mark: string, count: number): Promise<Seen> => {
  await page
    .locator(`input[${mark}]`)
    .nth(count - 1)
    .waitFor({ state: 'attached' })
  return page.evaluate(`[...document.querySelectorAll('input')].map((input) => [input.name, input.getAttribute('${mark}')])`)
}

/** The password manager reads a page late, so it must have found a field that is added after the others. */
const seenAtLast = async (page: Page): Promise<Seen> => {
  await page.evaluate(`{
    const form = document.body.appendChild(document.createElement('form'))
    form.append(Object.assign(document.createElement('input'), { type: 'password', name: 'last' }))
  }`)
  await page.locator('input[name=last][pm_parser_annotation]').waitFor()
  const seen = await seenBy(page, 'pm_parser_annotation', 1)
  await page.evaluate(`document.querySelector('form:has([name=last])').remove()`)
  return seen.filter(([name]) => name !== 'last')
}

const visit = async (path: string) => {
  const page = await browser.newPage({ baseURL: site.url, locale: 'en-US' })
  await page.goto(path)
  return page
}

describe.skipIf(!hasChromium)("Chromium's password manager", () => {
  test.each([
    [
      '/login',
      [
        ['email', 'username_element'],
        ['password', 'password_element'],
      ],
    ],
    [
      '/register',
      [
        ['email', 'username_element'],
        ['password', 'new_password_element'],
      ],
    ],
    [
      '/setup#token',
      [
        ['email', 'username_element'],
        ['password', 'new_password_element'],
      ],
    ],
    [
      '/setup',
      [
        ['setup-token', null],
        ['email', 'username_element'],
        ['password', 'new_password_element'],
      ],
    ],
    ['/reset#token', [['password', 'new_password_element']]],
    ['/invitation#token', [['password', 'new_password_element']]],
  ])('takes the fields of %s for what they are', async (path, expected) => {
    const page = await visit(path)
    expect(await seenBy(page, 'pm_parser_annotation', expected.filter(([, as]) => as !== null).length)).toEqual(expected)
    await page.close()
  })

  test('takes a code for a code, and a recovery code for nothing', async () => {
    await site.steps.somebody('managed@example.org')
    const page = await visit('/login')
    await page.getByLabel('Email address').fill('managed@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByLabel('Code from your app').waitFor()
    expect(await seenBy(page, 'autofill-prediction', 1)).toEqual([['code', 'ONE_TIME_CODE']])
    expect(await seenAtLast(page)).toEqual([['code', null]])
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').waitFor()
    expect(await seenBy(page, 'autofill-prediction', 1)).toEqual([['recovery-code', 'UNKNOWN_TYPE']])
    expect(await seenAtLast(page)).toEqual([['recovery-code', null]])
    expect(site.faults).toEqual([])
  })
})
