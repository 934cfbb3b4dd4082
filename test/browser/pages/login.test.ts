import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { violationsOn } from '../support/axe.ts'
import { hasChromium } from '../support/chromium.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('logging in', () => {
  test('with email and password leads to the account, and logging out back', async () => {
    await site.app.register()
    const page = await site.visitor()
    await page.goto('/')
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL('**/account')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.waitForURL('**/login*')
    expect(site.faults).toEqual([])
  })
})
