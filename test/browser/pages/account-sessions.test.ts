import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setupToken } from '../../support/server/start-test-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { logInAs } from '../support/log-in-as.ts'
import { looksRight } from '../support/looks.ts'
import { openSite, type Site } from '../support/site.ts'

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const markup = '<img src=x onerror="console.error(1)"><b>bold</b>'

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('sessions and devices', () => {
  test('a session that is ended elsewhere is gone from its browser', async () => {
    const email = 'two@example.org'
    await site.app.register({ email })
    const page = await logInAs(site, email, '/account/sessions')
    const other = await logInAs(site, email, '/account', { userAgent: iphone })
    const third = await logInAs(site, email, '/account/history', { userAgent: markup })
    await page.reload()
    const sessions = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem')
    await sessions.nth(3).waitFor()
    expect(await sessions.filter({ hasText: 'This session' }).count()).toBe(1)
    expect(await sessions.filter({ hasText: 'Safari · iOS' }).filter({ hasText: '127.0.0.1' }).count()).toBe(1)
    expect(await sessions.filter({ hasText: 'Unknown device' }).filter({ hasText: markup }).count()).toBe(1)
    await looksRight(page, 'account-sessions')

    await page.getByRole('button', { name: 'End session: Safari · iOS' }).click()
    await other.waitForURL('**/login*')
    await page.getByText('The session was ended: Safari · iOS.').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('The session was ended: Safari · iOS.')

    await page.getByRole('button', { name: 'End all others' }).click()
    const dialog = page.getByRole('dialog', { name: 'End all other sessions?' })
    await looksRight(page, 'account-sessions-end-others')
    await dialog.getByRole('button', { name: 'End all others' }).click()
    await third.waitForURL('**/login*')
    await page.getByText('2 other sessions were ended.').waitFor()
    await page.getByText('You are logged in nowhere else.').waitFor()

    const devices = page.getByRole('region', { name: 'Known devices' })
    await devices.getByRole('button', { name: 'Forget: Safari · iOS' }).click()
    await devices.getByText('The device was forgotten: Safari · iOS.').waitFor()
    await devices.getByText('Safari · iOS', { exact: true }).waitFor({ state: 'detached' })
    await looksRight(page, 'account-sessions-alone')

    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('and that within a second', async () => {
    const email = 'quick@example.org'
    const { token } = await site.app.register({ email })
    const times: number[] = []
    // A machine that does much else may be late once.
    while (times.length < 3 && !times.some((time) => time < 1_000)) {
      const page = await logInAs(site, email, '/account/sessions')
      await page.getByText('This session').waitFor()
      const { sessions } = (await site.app.get('/sessions', token)).body
      const before = performance.now()
      await site.app.del(`/sessions/${sessions[0].id}`, token)
      await page.waitForURL('**/login*')
      times.push(performance.now() - before)
    }
    expect(Math.min(...times)).toBeLessThan(1_000)
  })

  test('a hundred sessions are loaded in pages, and logging out everywhere ends this one too', async () => {
    const email = 'many@example.org'
    await site.app.register({ email })
    for (let count = 0; count < 80; count += 1) await site.app.logIn({ email })
    const page = await logInAs(site, email, '/account/sessions')
    const sessions = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem')
    await sessions.nth(49).waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await sessions.nth(81).waitFor()
    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Log out everywhere' }).click()
    await page.waitForURL('**/login*')
    expect(site.faults).toEqual([])
  })

  test('what strangers and administrators wrote is shown as text', async () => {
    const email = `o'neill&amp{{7*7}}${'x'.repeat(40)}@a-very-long-host-name-that-goes-on-and-on.example.org`
    const { token } = await site.app.setUp(setupToken)
    const elevated = await site.app.elevated(token)
    const { accountId } = await site.app.register({ email })
    await site.app.put(`/admin/accounts/${accountId}/claims/note`, { value: markup }, elevated)
    await site.app.put(`/admin/accounts/${accountId}/roles/${'long-role_'.repeat(6)}`, undefined, elevated)
    const page = await logInAs(site, email, '/account', { userAgent: `${markup} Firefox/128.0` })
    await page.getByText(email, { exact: true }).waitFor()
    await page.getByText(`note: ${markup}`).waitFor()
    await looksRight(page, 'account-overview-names')
    await page.goto('/account/sessions')
    await page.getByText('Firefox').first().waitFor()
    expect(await page.locator('main').getByRole('img').count()).toBe(0)
    await looksRight(page, 'account-sessions-names')
    await page.goto('/account/history')
    await page.getByText('Permission granted').waitFor()
    await page.getByText('"note"').waitFor()
    expect(site.faults).toEqual([])
  })

  test('says that nothing can be loaded, and tries again', async () => {
    const email = 'offline@example.org'
    await site.app.register({ email })
    const page = await logInAs(site, email)
    await page.route('**/api/1/sessions*', (route) => route.abort())
    await page.getByRole('link', { name: 'Sessions and devices' }).click()
    await page.getByText('The service cannot be reached.').waitFor()
    await looksRight(page, 'account-sessions-failed')
    await page.unroute('**/api/1/sessions*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('This session').waitFor()
    expect(site.faults).toEqual([])
  })
})
