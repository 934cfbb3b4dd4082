import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo } from '../../support/server/second-factor.ts'
import { type Administrator, administrator, administratorIn, logInOn } from '../support/administrator.ts'
import { violationsOn } from '../support/axe.ts'
import { hasChromium } from '../support/chromium.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let root: Administrator
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite({ env: { LOGIN_MAX_ATTEMPTS: '3', SERVICE_NAME: 'Lighthouse' } })
  root = await administratorIn(site)
})
afterAll(async () => site?.stop())

const show = async (accountId: string) => {
  const page = await root.openElevated(`/admin/people/${accountId}`)
  await page.getByRole('heading', { name: 'Danger zone' }).waitFor()
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

const pressIn = (page: Page, dialog: string, name: string) =>
  page.getByRole('dialog', { name: dialog }).getByRole('button', { name, exact: true }).click()

const guessWrong = async (email: string) => {
  for (let tries = 0; tries < 3; tries += 1) await site.app.post('/login', { email, password: 'a wrong guess', transport: 'bearer' })
}

describe.skipIf(!hasChromium)('a person', () => {
  test('whose logins are locked is unlocked, and gets a mail to reset the password', async () => {
    const { accountId } = await site.app.register({ email: 'locked@example.org' })
    await guessWrong('locked@example.org')
    const page = await show(accountId)
    await page.getByText(/Locked after too many wrong passwords, for another \d+:\d\d/).waitFor()
    await looksRight(page, 'admin-person')
    await press(page, 'Unlock')
    await page.getByText('The locks were lifted.').waitFor()
    expect(await page.getByText('Locked after too many').count()).toBe(0)
    expect((await site.steps.password('locked@example.org')).status).toBe(200)
    await press(page, 'Send a link to reset the password')
    await page.getByText('The mail is on its way.').waitFor()
    expect((await mailTo(site.app.dataDir, 'locked@example.org', /password/i)).body).toContain('/reset#')
    expect(site.faults).toEqual([])
  })

  test('is shown as it was at a moment, with a slider, and compared with another', async () => {
    const { accountId } = await site.app.register({ email: 'earlier@example.org' })
    const { now } = site.app.gatebook.ports.journal
    const second = (ahead: number) => new Date(now() + ahead).toISOString().slice(0, 19)
    const before = second(2_000)
    site.app.advance(10_000)
    await guessWrong('earlier@example.org')
    await site.app.put(`/admin/accounts/${accountId}/roles/editor`, undefined, root.token)
    const page = await show(accountId)
    const card = page.getByRole('region', { name: 'State at a moment' })
    await card.getByRole('button', { name: 'Show a moment' }).press('Enter')
    await card.getByLabel('Date and time').fill(second(5_000))
    await card.getByText('editor', { exact: true }).waitFor()
    await card.getByLabel('Compare with').fill(before)
    const changes = card.getByRole('region', { name: 'What changed between the two moments' })
    await changes.getByRole('row', { name: /Added roles\.editor/ }).waitFor()
    await changes.getByRole('row', { name: /Changed lockedUntil – \d{4}-/ }).waitFor()
    await looksRight(page, 'admin-person-moment')
    const slider = card.getByRole('slider', { name: 'Moment' })
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/\d{4}/)
    await slider.press('Home')
    await changes.getByText('Nothing changed.').waitFor()
    expect(await card.getByText('editor', { exact: true }).count()).toBe(0)
    expect(site.faults).toEqual([])
  })

  test('loses a session, all of them, the second factor, and access', async () => {
    const { accountId } = await site.steps.somebody('holder@example.org')
    await site.app.put(`/admin/accounts/${accountId}/roles/editor`, undefined, root.token)
    const other = await site.app.register({ email: 'browser@example.org' })
    const theirs = await site.visitor()
    await theirs.goto('/login')
    await logInOn(theirs, 'browser@example.org')
    await theirs.waitForURL('**/account')

    const page = await show(other.accountId)
    const sessions = page.getByRole('region', { name: 'Sessions' })
    await sessions.getByRole('button', { name: /End the session on Chrom/ }).click()
    await page.getByText('The session was ended.').waitFor()
    await theirs.waitForURL('**/login*')
    await press(page, 'End all sessions')
    await pressIn(page, 'End all sessions?', 'End all sessions')
    await page.getByText('All sessions were ended.').waitFor()
    await page.getByText('Nobody is logged in to this account.').waitFor()
    expect((await site.app.get('/session', other.token)).status).toBe(401)

    await page.goto(`/admin/people/${accountId}`)
    await page.getByText('Recovery codes left').waitFor()
    await press(page, 'Remove second factor')
    expect(await violationsOn(page)).toEqual([])
    await pressIn(page, 'Remove the second factor?', 'Remove second factor')
    await page.getByText('The second factor was removed, and all sessions ended.').waitFor()
    await press(page, 'Withdraw the role editor')
    await pressIn(page, 'Withdraw the role editor?', 'Withdraw')
    await page.getByText('The role editor was withdrawn.').waitFor()
    await press(page, 'Disable')
    await pressIn(page, 'Disable this account?', 'Disable')
    await page.getByText('The account was disabled.').waitFor()
    expect((await site.steps.password('holder@example.org')).status).toBe(401)
    await press(page, 'Enable')
    await page.getByText('The account was enabled.').waitFor()
    expect((await site.steps.password('holder@example.org')).status).toBe(200)
    expect(site.faults).toEqual([])
  })

  test('is erased only once the address was typed', async () => {
    const { accountId, token } = await site.app.register({ email: 'gone@example.org' })
    const page = await show(accountId)
    await press(page, 'Erase…')
    const dialog = page.getByRole('dialog', { name: 'Erase this account for ever?' })
    const field = dialog.getByLabel('Type gone@example.org to confirm')
    await field.and(page.locator(':focus')).waitFor()
    await field.fill('gone@example.com')
    await field.press('Enter')
    await dialog.getByText('This is not gone@example.org.').waitFor()
    await looksRight(page, 'admin-erase')
    expect((await site.app.get('/session', token)).status).toBe(200)
    await field.fill('gone@example.org')
    await field.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Erased account' }).waitFor()
    await page.getByText('This account was erased.').waitFor()
    expect(await page.getByText('gone@example.org').count()).toBe(0)
    expect((await site.app.get('/session', token)).status).toBe(401)
    await page.getByText('Account erased').waitFor()
    await looksRight(page, 'admin-erased')
    expect(site.faults).toEqual([])
  })

  test('who is the last administrator stays one, and is told so', async () => {
    const page = await show(root.accountId)
    await page.getByText('This is your own account.').waitFor()
    const refused = page.getByRole('dialog').getByText('This is the last administrator. Make somebody else an administrator first.')
    await press(page, 'Withdraw the role admin')
    await page.getByText('you lose these pages at once').waitFor()
    await pressIn(page, 'Withdraw the role admin?', 'Withdraw')
    await refused.waitFor()
    await page.keyboard.press('Escape')
    await press(page, 'Disable')
    await pressIn(page, 'Disable this account?', 'Disable')
    await refused.waitFor()
    await page.keyboard.press('Escape')
    await press(page, 'Erase…')
    await page.getByLabel(`Type ${administrator} to confirm`).fill(administrator)
    await press(page, 'Erase for ever')
    await refused.waitFor()
    expect(site.faults).toEqual([])
  })

  test('gets claims of each type, and becomes an administrator after a question', async () => {
    const { accountId } = await site.app.register({ email: 'claims@example.org' })
    const page = await show(accountId)
    const claims = page.getByRole('region', { name: 'Claims' })
    const set = async (name: string, type: string, value: string | null) => {
      await claims.getByLabel('Name').fill(name)
      await claims.getByLabel('Type').selectOption(type)
      if (value !== null) await claims.getByRole('textbox', { name: 'Value' }).fill(value)
      await claims.getByRole('button', { name: 'Set claim' }).click()
    }
    await set('publisher', 'Yes or no', null)
    await claims.getByText('The claim publisher was set.').waitFor()
    await set('quota', 'Number', 'many')
    await claims.getByText('Enter a number.').waitFor()
    await set('quota', 'Number', '12.5')
    await claims.getByText('The claim quota was set.').waitFor()
    await set('team', 'Text', '12.5')
    await claims.getByText('The claim team was set.').waitFor()
    const shown = async () => (await site.app.get(`/admin/accounts/${accountId}`, root.token)).body
    expect((await shown()).claims).toEqual({ publisher: true, quota: 12.5, team: '12.5' })
    await press(page, 'Remove the claim quota')
    await pressIn(page, 'Remove the claim quota?', 'Remove')
    await claims.getByText('The claim quota was removed.').waitFor()

    await page.getByLabel('Role', { exact: true }).fill('admin')
    await press(page, 'Grant')
    await page.getByText('claims@example.org can then do everything on these pages').waitFor()
    await press(page, 'Make administrator')
    await page.getByText('The role admin was granted.').waitFor()
    expect(await shown()).toMatchObject({ roles: ['admin'], claims: { publisher: true, team: '12.5' } })
    expect(site.faults).toEqual([])
  })

  test('may choose any words for an address, a claim, a role and a browser: they are text', async () => {
    const markup = '<img src=x onerror="document.title=`injected`"><script>document.title=`injected`</script>'
    const email = "ada'/onerror=alert`1`/{{7*7}}&lt@example.org"
    const { accountId } = await site.app.register({ email })
    await site.app.put(`/admin/accounts/${accountId}/claims/motto`, { value: markup }, root.token)
    await site.app.send({
      method: 'POST',
      path: '/login',
      body: { email, password: person.password, transport: 'bearer' },
      headers: { 'user-agent': markup },
    })
    // The API takes no such role; the pages must not rely on that.
    const page = await root.openElevated('/admin')
    await page.route(`**/api/1/admin/accounts/${accountId}`, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), roles: [markup] } })
    })
    await page.goto(`/admin/people/${accountId}`)
    await page.getByRole('heading', { level: 1, name: email }).waitFor()
    await page.getByRole('cell', { name: markup }).waitFor()
    await page.getByText('Unknown device').first().waitFor()
    await page.getByRole('button', { name: `Withdraw the role ${markup}` }).click()
    await page.getByRole('dialog').waitFor()
    expect(await page.locator('main img, main script, dialog img, dialog script').count()).toBe(0)
    expect(await page.title()).toBe(`${email} · Lighthouse`)
    expect(site.faults).toEqual([])
  })
})
