import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Administrator, administratorIn } from '../support/administrator.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let root: Administrator
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite()
  root = await administratorIn(site)
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('the blast radius', () => {
  test('of an account is reached from the person, shows what was done in its sessions, and ends them', async () => {
    const { accountId, token } = await site.app.register({ email: 'stolen@example.org' })
    await site.app.put('/me/language', { language: 'fr' }, token)
    const other = await site.app.register({ email: 'other@example.org' })
    const page = await root.openElevated(`/admin/people/${accountId}`)
    await page.getByRole('link', { name: 'Blast radius', exact: true }).click()
    await page.getByText('1 session, 1 of them active; 1 change made in them.').waitFor()
    await page.getByText('Language of mails chosen').waitFor()
    await looksRight(page, 'admin-blast-radius')

    await page.getByRole('button', { name: 'End these sessions' }).click()
    const dialog = page.getByRole('dialog', { name: 'End these sessions?' })
    await dialog.getByText(/^1 active session ends at once/).waitFor()
    await looksRight(page, 'admin-blast-radius-end')
    await dialog.getByRole('button', { name: 'End these sessions' }).click()
    await page.getByText('1 session was ended.').waitFor()
    await page.getByText('1 session, 0 of them active; 1 change made in them.').waitFor()
    expect((await site.app.get('/session', token)).status).toBe(401)
    expect((await site.app.get('/session', other.token)).status).toBe(200)
    await page.close()
  })

  test('of a session and of an address are reached from the person and from an entry', async () => {
    const { accountId } = await site.app.register({ email: 'linked@example.org' })
    const page = await root.open(`/admin/people/${accountId}`)
    await page.getByRole('link', { name: /^Blast radius of the session on/ }).click()
    await page.getByText('1 session, 1 of them active; 0 changes made in them.').waitFor()
    expect(new URL(page.url()).searchParams.get('session')).toMatch(/^[0-9a-f-]{36}$/)
    await page.goto(new URL(`/admin/audit?account=${accountId}&type=SessionGranted`, page.url()).href)
    await page
      .getByRole('button', { name: /^Logged in|^Session/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('link', { name: 'Blast radius of this address' }).click()
    await page.getByText(/sessions, \d+ of them active/).waitFor()
    await page.getByRole('table', { name: 'Accounts of these networks' }).waitFor()
    await page.goto(new URL('/admin/blast-radius', page.url()).href)
    await page.getByText('Open this page from an entry').waitFor()
    await page.close()
  })
})
