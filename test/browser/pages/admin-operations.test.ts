import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { type Administrator, administratorIn } from '../support/administrator.ts'
import { violationsOn } from '../support/axe.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let root: Administrator
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite({ env: { SESSION_IDLE_SECONDS: '1234' } })
  root = await administratorIn(site)
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('the operation of the service', () => {
  test('shows its health, and whether it is ready', async () => {
    const page = await root.open('/admin/health')
    await page.getByText('Ready: requests are let in.').waitFor()
    await page.getByText('SQLite, embedded').waitFor()
    await page.getByText(/of .* are free/).waitFor()
    await looksRight(page, 'admin-health')

    await page.route('**/api/1/admin/health', async (route) => {
      const answer = await route.fetch()
      const health = { ...(await answer.json()), ready: false, reason: 'write_failed', disk: { freeBytes: null, totalBytes: null } }
      await route.fulfill({ response: answer, json: health })
    })
    await page.getByText('The log cannot be written. Look at the disk.').waitFor()
    await page.getByText('Not known').waitFor()
    await looksRight(page, 'admin-not-ready')

    await page.unrouteAll()
    const stale = problem('STALE_READ_MODEL')
    await page.route('**/api/1/admin/health', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: stale }),
    )
    await page.route('**/health/ready', (route) => route.fulfill({ status: 503, json: { ...stale, reason: 'rebuilding' } }))
    await page.getByText('The read models are being rebuilt.').waitFor()
    expect(await violationsOn(page)).toEqual([])
    expect(site.faults).toEqual([])
  })

  test('shows the policy in force, and what differs from the default', async () => {
    const page = await root.open('/admin/policy')
    const row = page.getByRole('row', { name: /SESSION_IDLE_SECONDS/ })
    await row.getByText('1234').waitFor()
    await row.getByText('differs').waitFor()
    await looksRight(page, 'admin-policy')
    await page.getByLabel('Search the settings').fill('first administrator')
    await page.getByText(/^1 setting,/).waitFor()
    await page
      .getByRole('row', { name: /SETUP_TOKEN/ })
      .getByText('set', { exact: true })
      .waitFor()
    await page.getByLabel('Search the settings').fill('lockout')
    await page.getByText('OTP_LOCKOUT_SECONDS', { exact: true }).first().waitFor()
    await page.getByLabel('Only those that differ').check()
    await page.getByText('No setting matches.').waitFor()
    await page.getByLabel('Search the settings').fill('')
    await row.waitFor()
    expect(await page.getByText('OTP_LOCKOUT_SECONDS', { exact: true }).count()).toBe(0)
    expect(site.faults).toEqual([])
  })

  test('speaks German', async () => {
    const page = await root.open('/admin/policy')
    await page.getByRole('button', { name: 'Deutsch' }).click()
    for (const [link, heading] of [
      ['Zustand', 'Lesemodelle'],
      ['Prüfprotokoll', 'Prüfprotokoll'],
      ['Personen', 'Personen'],
    ] as const) {
      await page.getByRole('link', { name: link, exact: true }).click()
      await page.getByRole('heading', { name: heading }).waitFor()
      expect(await violationsOn(page)).toEqual([])
    }
    await page.goto('/admin/nothing')
    await page.getByRole('heading', { name: 'Seite nicht gefunden' }).waitFor()
    expect(site.faults).toEqual([])
  })
})
