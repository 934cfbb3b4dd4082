import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { type Administrator, administratorIn } from '../support/administrator.ts'
import { violationsOn } from '../support/axe.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let root: Administrator
let ada: { readonly accountId: string }
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite({ env: { LOGIN_MAX_ATTEMPTS: '7' } })
  root = await administratorIn(site)
  ada = await site.app.register()
  for (let guess = 0; guess < 4; guess += 1)
    await site.app.post('/login', { email: 'ada@example.org', password: 'a wrong one', transport: 'bearer' })
  await site.app.logIn()
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('the back-test', () => {
  test('begins with the policy in force, and shows what another one would have done', async () => {
    const page = await root.open('/admin/backtest')
    const attempts = page.getByLabel('Wrong passwords before a lock')
    await attempts.waitFor()
    expect(await attempts.inputValue()).toBe('7')
    await page.getByRole('button', { name: 'Run the back-test' }).click()
    await page.getByText('Nothing was locked or refused').waitFor()

    await attempts.fill('3')
    await page.getByLabel('First lock, seconds').fill('600')
    await page.getByRole('button', { name: 'Run the back-test' }).click()
    const figures = page.getByRole('table', { name: 'Recorded and tried' })
    const logins = figures.getByRole('rowgroup').filter({ hasText: 'Logins' })
    await logins.getByRole('row', { name: 'Minutes of lock 0 10' }).waitFor()
    await logins.getByRole('row', { name: 'Right ones that a lock refuses 0 1' }).waitFor()
    await page.getByRole('img', { name: /^Chart from .* to .*; the table below/ }).waitFor()
    await page.getByText('The chart in numbers').click()
    await page
      .getByRole('table', { name: 'By the hour' })
      .getByRole('row', { name: / 0 1 1 1$/ })
      .waitFor()
    await looksRight(page, 'admin-backtest')

    await page.getByRole('table', { name: 'Affected accounts' }).getByRole('link', { name: ada.accountId }).click()
    await page.waitForURL(`**/admin/people/${ada.accountId}`)
    expect(site.faults).toEqual([])
  })

  test('marks the field whose value is refused, and says when another one runs', async () => {
    const page = await root.open('/admin/backtest')
    const networks = page.getByLabel('Blocked networks')
    await networks.fill('here')
    await page.getByRole('button', { name: 'Run the back-test' }).click()
    await page.getByText('Look at the marked fields.').waitFor()
    expect(await networks.getAttribute('aria-invalid')).toBe('true')
    await networks.fill('127.0.0.0/8, ::1')
    const busy = problem('BACKTEST_RUNNING', { retryAfter: 5 })
    await page.route('**/api/1/audit/backtest', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: busy }),
    )
    await page.getByRole('button', { name: 'Run the back-test' }).click()
    await page.getByText('Another back-test is running.').waitFor()
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Run the back-test' }).click()
    await page.getByRole('row', { name: /Of them, from blocked networks/ }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('shows how far it is, and stops', async () => {
    const page = await root.open('/admin/backtest')
    await page.route('**/api/1/audit/backtest', () => {})
    await page.getByRole('button', { name: 'Run the back-test' }).click()
    await page.getByRole('progressbar', { name: 'Progress of the back-test' }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('progressbar').waitFor({ state: 'detached' })
    await page.unrouteAll()
    expect(await violationsOn(page)).toEqual([])
  })

  test('speaks German', async () => {
    const page = await root.open('/admin/backtest')
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByLabel('Falsche Passwörter vor einer Sperre').fill('2')
    await page.getByRole('button', { name: 'Rücktest starten' }).click()
    await page.getByRole('img', { name: /^Diagramm von/ }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    expect(site.faults).toEqual([])
  })
})
