import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { type Administrator, administrator, administratorIn, logInOn } from '../support/administrator.ts'
import { violationsOn } from '../support/axe.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, phone, type Site } from '../support/site.ts'

let site: Site
let root: Administrator
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite()
  root = await administratorIn(site)
})
// An account has a limited number of live streams, and each open page takes one.
afterEach(async () => void (await Promise.all(site?.browser.contexts().map((context) => context.close()) ?? [])))
afterAll(async () => site?.stop())

const fail = (email: string) => site.app.post('/login', { email, password: 'a wrong guess', transport: 'bearer' })

const entries = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('button') })

const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

describe.skipIf(!hasChromium)('the audit trail', () => {
  test('is filtered by conditions that combine, stand in the address, and can be gone back from', async () => {
    const { accountId } = await site.app.register({ email: 'filtered@example.org' })
    await fail('filtered@example.org')
    await site.app.register({ email: 'other@example.org' })
    await fail('other@example.org')
    const page = await root.open('/admin/audit')
    await page
      .getByRole('button', { name: /^Password rejected/ })
      .nth(1)
      .waitFor()
    await looksRight(page, 'admin-audit')

    await page.locator('summary').click()
    await page.getByLabel('Account', { exact: true }).fill(accountId)
    await page.getByLabel('Type of event').fill('PasswordRejected')
    await page.getByLabel('From').fill('2020-01-01T00:00')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('3 filters').waitFor()
    await expect.poll(() => entries(page).count()).toBe(1)
    expect(queryOf(page)).toEqual({ account: accountId, type: 'PasswordRejected', from: new Date('2020-01-01T00:00').toISOString() })
    await looksRight(page, 'admin-audit-filtered')

    await page.reload()
    await expect.poll(() => entries(page).count()).toBe(1)
    await page.getByRole('button', { name: /^Password rejected/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Entry' })
    await dialog
      .getByText(/^[0-9a-f-]{36}$/)
      .last()
      .waitFor()
    await looksRight(page, 'admin-audit-entry')
    await dialog.getByRole('link', { name: 'Only this account' }).click()
    await page.getByText('1 filter', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Account registered/ }).waitFor()
    expect(queryOf(page)).toEqual({ account: accountId })
    await page.goBack()
    await expect.poll(() => entries(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page
      .getByRole('button', { name: /^Password rejected/ })
      .nth(1)
      .waitFor()
    expect(site.faults).toEqual([])
  })

  test('leads from an entry to its session and its request, turns around, and downloads what the filters leave', async () => {
    const { accountId, token } = await site.app.register({ email: 'sessions@example.org' })
    await site.app.post('/password', { currentPassword: person.password, newPassword: 'another long passphrase' }, token)
    const page = await root.open(`/admin/audit?account=${accountId}&type=PasswordReplaced`)
    await page.getByRole('button', { name: /^Password changed/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Entry' })
    const session = (await site.app.get('/session', token)).body.session.id as string
    await dialog.getByText(session).waitFor()
    await dialog.getByRole('link', { name: 'Only this session' }).click()
    await page.getByText('1 filter', { exact: true }).waitFor()
    expect(queryOf(page)).toEqual({ session })
    await page.getByRole('button', { name: /^Session granted/ }).waitFor()

    await page.getByRole('link', { name: 'Oldest first' }).click()
    await expect.poll(() => queryOf(page)).toEqual({ session, order: 'oldest' })
    await expect.poll(async () => entries(page).first().textContent()).toContain('SessionGranted')
    expect(await page.getByLabel('Live').isDisabled()).toBe(true)
    await looksRight(page, 'admin-audit-oldest')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()])
    expect(download.suggestedFilename()).toBe('gatebook-audit.csv')
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines[0]).toBe('position,at,type,account,actor,summary,session,correlationId,address')
    expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(expect.arrayContaining(['SessionGranted', 'PasswordReplaced']))
    expect(lines.slice(1).every((line) => line.includes(session))).toBe(true)

    await page.getByRole('link', { name: 'Newest first' }).click()
    await page.getByRole('button', { name: /^Password changed/ }).click()
    await dialog.getByRole('link', { name: 'Only this request' }).click()
    await expect.poll(() => Object.keys(queryOf(page))).toEqual(['correlation'])
    await page.getByRole('button', { name: /^Password changed/ }).waitFor()
    expect(await page.getByRole('button', { name: /^Session granted/ }).count()).toBe(0)
    expect(site.faults).toEqual([])
  })

  test('says why an entry was recorded, in both languages', async () => {
    const { accountId } = await site.app.register({ email: 'explained@example.org' })
    for (let tries = 0; tries < 5; tries += 1) await fail('explained@example.org')
    const page = await root.open(`/admin/audit?account=${accountId}&type=LoginLocked`)
    await page.getByRole('button', { name: /^Locked until/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Entry' })
    await dialog.getByRole('button', { name: 'Why?' }).press('Enter')
    const why = dialog.getByRole('region', { name: 'Why this was recorded' })
    await why.getByText('The last failure of the budget: a lock begins.').waitFor()
    await why.getByText('5 of 5').waitFor()
    await why.getByText('60 s of 3600 s').waitFor()
    await why.getByText('A lock after 5 wrong passwords, of 60 to 3600 seconds').waitFor()
    await why.getByText('Password rejected').waitFor()
    await looksRight(page, 'admin-audit-why')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('button', { name: /^Locked until/ }).click()
    await page.getByRole('button', { name: 'Warum?' }).click()
    await page.getByText('Der letzte Fehlversuch des Budgets: Eine Sperre beginnt.').waitFor()
    expect(site.faults).toEqual([])
  })

  test('shows the network address of a login attempt, and what else came from it', async () => {
    const { accountId } = await site.app.register({ email: 'addressed@example.org' })
    await fail('addressed@example.org')
    const page = await root.open(`/admin/audit?account=${accountId}&type=LoginAttempted`)
    await page.getByRole('button', { name: /^Password entered/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Entry' })
    await dialog.getByText('127.0.0.1').waitFor()
    await dialog.getByRole('link', { name: 'Only this network address' }).click()
    await page.getByText('1 filter', { exact: true }).waitFor()
    expect(queryOf(page)).toEqual({ address: '127.0.0.1' })
    await page
      .getByRole('button', { name: /^Password entered/ })
      .first()
      .waitFor()
  })

  test('keeps the filters of a link through a login, and goes on at the heading', async () => {
    const page = await site.visitor()
    await page.goto('/admin/audit?type=SessionGranted&actor=anonymous')
    await logInOn(page, administrator)
    await page.getByText('2 filters').waitFor()
    expect(queryOf(page)).toEqual({ type: 'SessionGranted', actor: 'anonymous' })
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.reload()
    await page.getByText('2 filters').waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
    expect(site.faults).toEqual([])
  })

  test('keeps filters with signs that an address encodes', async () => {
    const page = await site.visitor()
    await page.goto('/admin/audit?type=a%26b&actor=50%25%2By')
    const asked = page.waitForRequest(/\/api\/1\/audit\?/)
    await logInOn(page, administrator)
    await page.getByText('2 filters').waitFor()
    const filters = { type: 'a&b', actor: '50%+y' }
    expect(queryOf(page)).toEqual(filters)
    expect(Object.fromEntries(new URL((await asked).url()).searchParams)).toEqual(filters)
  })

  test('finds a network, pages through what is old, and says what it does not understand', async () => {
    const page = await root.open('/admin/audit', phone)
    await page.goto('/admin/audit?address=127.0.0.1&type=SessionGranted')
    await page
      .getByRole('button', { name: /^Session granted/ })
      .first()
      .waitFor()
    expect(await violationsOn(page)).toEqual([])
    expect(await page.getByLabel('Live').isDisabled()).toBe(true)

    for (let n = 0; n < 20; n += 1) await site.app.register({ email: `page${n}@example.org` })
    await page.goto('/admin/audit')
    await page.route(/\/api\/1\/audit\?cursor/, (route) => route.abort())
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('The service cannot be reached.').waitFor()
    await page.unrouteAll()
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('/api/1/audit') && asked.push(new URL(request.url()).search.slice(0, 8)))
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => entries(page).count()).toBeGreaterThan(50)
    expect(asked).toEqual(['?cursor='])
    await page.goto('/admin/audit?type=NoSuchThing')
    await page.getByText('No entry passes these filters.').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.goto('/admin/audit?account=nobody')
    await page.getByText('Check what you entered.').waitFor()
    expect(site.faults).toEqual([])
  })

  test('shows what happens while it is live, as far as it passes the filters', async () => {
    await site.app.register({ email: 'watched@example.org' })
    await fail('watched@example.org')
    const page = await root.open('/admin/audit')
    await page.goto('/admin/audit?type=PasswordRejected')
    const rejected = page.getByRole('button', { name: /^Password rejected/ })
    await rejected.first().waitFor()
    const before = await rejected.count()
    await page.getByLabel('Live').check()
    await page.getByText('New entries appear at once.').waitFor()
    await fail('watched@example.org')
    await page.getByText('1 new entry').waitFor()
    await fail('watched@example.org')
    await page.getByText('2 new entries').waitFor()
    await expect.poll(() => rejected.count()).toBe(before + 2)
    expect(await page.getByRole('button', { name: /^Password entered/ }).count()).toBe(0)
    expect(await violationsOn(page)).toEqual([])

    await page.getByLabel('Live').uncheck()
    await page.getByText('Off', { exact: true }).waitFor()
    await fail('watched@example.org')
    expect(await rejected.count()).toBe(before + 2)
    await page.getByLabel('Live').check()
    await expect.poll(() => rejected.count()).toBe(before + 3)
    expect(site.faults).toEqual([])
  })

  test('ends its live view when the role does', async () => {
    const { accountId } = await site.app.register({ email: 'second@example.org' })
    await site.app.put(`/admin/accounts/${accountId}/roles/admin`, undefined, root.token)
    const page = await root.open('/admin/audit', {}, 'second@example.org')
    await page.getByLabel('Live').check()
    await page.getByText('New entries appear at once.').waitFor()
    await site.app.del(`/admin/accounts/${accountId}/roles/admin`, root.token)
    await page.getByText(/The live view has ended|For administrators only/).waitFor()
    expect(site.faults).toEqual([])
  })
})
