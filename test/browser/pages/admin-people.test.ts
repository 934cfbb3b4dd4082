import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo } from '../../support/server/second-factor.ts'
import { type Administrator, administratorIn, confirmOn, logInOn } from '../support/administrator.ts'
import { violationsOn } from '../support/axe.ts'
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

const addPerson = async (page: Page, email: string, roles: string) => {
  await page.getByRole('button', { name: 'New person' }).click()
  const dialog = page.getByRole('dialog', { name: 'New person' })
  await dialog.getByLabel('Email address').fill(email)
  await dialog.getByLabel('Roles').fill(roles)
  return dialog
}

const rolesSeenBy = (page: Page) =>
  page.evaluate(async () => {
    const response = await fetch('/api/1/session')
    return ((await response.json()) as { roles: readonly string[] }).roles
  })

describe.skipIf(!hasChromium)('people', () => {
  test('can be added with a password and a role, confirmed by the administrator, and log in with it to choose another one', async () => {
    const page = await root.open()
    const dialog = await addPerson(page, 'editor@example.org', 'Editor!')
    await dialog.getByText('A role is a lowercase letter').waitFor()
    await dialog.getByLabel('Roles').fill('editor')
    await dialog.getByLabel('Set a password').check()
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await looksRight(page, 'admin-new-person')
    await dialog.getByRole('button', { name: 'Create account' }).click()
    await confirmOn(page)
    await page.getByText('The account of editor@example.org was created.').waitFor()

    await page.getByRole('link', { name: 'Open', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'editor@example.org' }).waitFor()
    const current = page.getByRole('navigation', { name: 'Pages of the administration' }).locator('[aria-current]')
    expect(await current.allInnerTexts()).toEqual(['People'])
    await page.getByLabel('Role', { exact: true }).fill('publisher')
    await page.getByRole('button', { name: 'Grant', exact: true }).click()
    await page.getByText('The role publisher was granted.').waitFor()

    const theirs = await site.visitor()
    await theirs.goto('/login')
    await logInOn(theirs, 'editor@example.org')
    await theirs.getByLabel('New password', { exact: true }).fill('a passphrase of their own')
    await theirs.keyboard.press('Enter')
    await theirs.waitForURL('**/account')
    expect(await rolesSeenBy(theirs)).toEqual(['editor', 'publisher'])
    expect(await theirs.getByRole('link', { name: 'Administration' }).count()).toBe(0)
    await theirs.goto('/admin/audit')
    await theirs.getByRole('heading', { name: 'For administrators only' }).waitFor()
    expect(await violationsOn(theirs)).toEqual([])
    expect(site.faults).toEqual([])
  })

  test('can be invited by a mail with a link, which can be sent again', async () => {
    const page = await root.openElevated()
    const dialog = await addPerson(page, 'invited@example.org', 'admin')
    await dialog.getByText('can do everything on these pages').waitFor()
    await dialog.getByLabel('Roles').fill('')
    await dialog.getByRole('button', { name: 'Invite' }).click()
    await page.getByText('invited@example.org was invited.').waitFor()
    const mail = await mailTo(site.app.dataDir, 'invited@example.org', /^You are invited$/)
    expect(mail.body).toContain(`${site.url}/invitation#`)

    await site.app.gatebook.settled()
    site.app.advance(10 * 60_000)
    await page.getByRole('link', { name: 'invited@example.org' }).click()
    await page.getByText('No password has been chosen yet.').waitFor()
    await page.getByRole('button', { name: 'Send the invitation again' }).click()
    await page.getByText('The invitation is on its way.').waitFor()
    await mailTo(site.app.dataDir, 'invited@example.org', /^You are invited$/, 2)

    await page.getByRole('link', { name: 'All people' }).click()
    await addPerson(page, 'invited@example.org', '')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByText('already has an account').waitFor()
    expect(site.faults).toEqual([])
  })

  test('are found by the beginning of their address, through pages without a hit, and by the whole of it', async () => {
    for (const email of ['grace@example.org', 'Grete@example.org', 'hedy@example.org']) await site.app.register({ email })
    const page = await root.open('/admin')
    const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') })
    await page.getByRole('link', { name: 'hedy@example.org' }).waitFor()
    await looksRight(page, 'admin-people')

    let empty = 0
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route('**/api/1/admin/accounts?prefix=*', async (route: Route) => {
      empty += 1
      if (empty > 2) {
        await held
        await route.continue({
          url: route
            .request()
            .url()
            .replace(/&cursor=[^&]*/, ''),
        })
      } else await route.fulfill({ json: { accounts: [], next: `${empty}` } })
    })
    await page.getByLabel('Search by email address').fill('GR')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText('Searching…').waitFor()
    expect(await violationsOn(page)).toEqual([])
    goOn()
    await page.getByText('2 people found.').waitFor()
    expect(empty).toBe(3)
    expect(await rows.getByRole('link').allTextContents()).toEqual(['grace@example.org', 'Grete@example.org'])
    await page.unrouteAll()

    await page.getByLabel('Search by email address').fill('hedy@example.or')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText('Nobody has exactly this address.').waitFor()
    await page.getByRole('button', { name: 'begin like this' }).click()
    await page.getByText('1 person found.').waitFor()
    await page.getByRole('link', { name: 'hedy@example.org' }).click()
    await page.getByRole('link', { name: 'All people' }).click()
    await page.getByText('1 person found.').waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.getByRole('button', { name: 'Show everybody' }).click()
    await page.getByRole('link', { name: 'grace@example.org' }).waitFor()
    expect(site.faults).toEqual([])
  })

  test('and what is recorded can be loaded again after a failure', async () => {
    const page = await root.open()
    const isLoaded = { '/admin': 'root@example.org', '/admin/audit': 'Audit trail read' }
    for (const [path, text] of Object.entries(isLoaded)) {
      await page.route(/\/api\/1\/(admin\/accounts|audit)$/, (route) => route.abort())
      await page.goto(path)
      await page.getByText('The service cannot be reached.').waitFor()
      await looksRight(page, `failed${path.replaceAll('/', '-')}`)
      await page.unrouteAll()
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText(text).first().waitFor()
      expect(await page.getByText('The service cannot be reached.').count()).toBe(0)
    }
    expect(site.faults).toEqual([])
  })
})
