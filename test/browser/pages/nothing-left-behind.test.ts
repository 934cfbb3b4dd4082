import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { mailTo, ticketIn } from '../../support/server/second-factor.ts'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite()
  // Playwright turns the memory of pages off that people have on.
  browser = await openChromium([], ['--disable-back-forward-cache'])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** Notes that a page was drawn again as it had been left. */
const observe = "addEventListener('pageshow', ({ persisted }) => { globalThis.isRestored = persisted })"

const visit = async () => {
  const context = await browser.newContext({ baseURL: site.url, locale: 'en-US' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.addInitScript(observe)
  const referers: string[] = []
  context.on('request', async (request) => {
    const { referer } = await request.allHeaders()
    if (referer) referers.push(`${referer} -> ${request.url()}`)
  })
  return { context, page, referers }
}

const logIn = async (page: Page, email: string) => {
  await page.goto('/login')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Log out', exact: true }).waitFor()
}

const stored = (page: Page): Promise<Readonly<Record<string, string>>> =>
  page.evaluate('({ ...localStorage, ...sessionStorage, cookie: document.cookie, name, history: JSON.stringify(history.state) })')

const addresses = async (page: Page) => {
  const devTools = await page.context().newCDPSession(page)
  const { entries } = await devTools.send('Page.getNavigationHistory')
  await devTools.detach()
  return entries.map(({ url }) => url)
}

describe.skipIf(!hasChromium)('what the pages leave behind', () => {
  test('is nothing secret in storage, history or Referer, during a session and after it', async () => {
    const { secret } = await site.steps.somebody('owner@example.org')
    const { context, page, referers } = await visit()
    await page.goto('/login')
    await page.getByLabel('Email address').fill('owner@example.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    const answered = page.waitForResponse('**/api/1/login')
    await page.keyboard.press('Enter')
    const { challenge } = await (await answered).json()
    await page.getByLabel('Code from your app').waitFor()
    const [first, code] = [await stored(page), site.steps.freshCode(secret)]
    await page.getByLabel('Code from your app').fill(code)
    await page.getByRole('button', { name: 'Log out', exact: true }).waitFor()
    const cookies = (await context.cookies()).map(({ value }) => value)
    const second = await stored(page)
    const during = await addresses(page)
    await page.getByRole('button', { name: 'Log out', exact: true }).click()
    await page.getByLabel('Email address').waitFor()
    const left = JSON.stringify([first, second, await stored(page), during, await addresses(page)])
    for (const value of [person.password, challenge, code, 'owner@example.org', ...cookies]) expect(left).not.toContain(value)
    expect(cookies.length).toBeGreaterThan(0)
    expect(await page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(0)
    expect(await page.evaluate('caches.keys().then((all) => all.length)')).toBe(0)
    expect(referers).toEqual([])
    await context.close()
  })

  test('is no token of a mailed link in the address or the history', async () => {
    await site.app.register({ email: 'forgetful@example.org' })
    await site.app.post('/password/reset', { email: 'forgetful@example.org' })
    const token = ticketIn(await mailTo(site.app.dataDir, 'forgetful@example.org', /password/i))
    expect(token.length).toBeGreaterThan(20)
    const { context, page, referers } = await visit()
    await page.goto(`/reset#${token}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(page.url()).not.toContain(token)
    await page.goto('/login')
    await page.goBack()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(JSON.stringify([await addresses(page), await stored(page), await page.content()])).not.toContain(token)
    expect(referers).toEqual([])
    await context.close()
  })

  test('is no page of an account behind the back button after a logout', async () => {
    await site.app.register({ email: 'back@example.org' })
    const { context, page } = await visit()
    await logIn(page, 'back@example.org')
    await page.goto('/account/sessions')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Log out', exact: true }).click()
    await page.getByLabel('Email address').waitFor()
    await page.goBack()
    await page.getByLabel('Email address').waitFor()
    expect(await page.getByText('back@example.org').count()).toBe(0)
    await context.close()
  })

  test('is no page of an account in the browser’s memory of pages, which has others', async () => {
    await site.app.register({ email: 'memory@example.org' })
    const { context, page: plain } = await visit()
    await plain.goto('/docs')
    const devTools = await context.newCDPSession(plain)
    await devTools.send('Page.enable')
    await plain.evaluate("location.href = '/openapi.json'")
    await plain.waitForURL('**/openapi.json')
    const returned = new Promise((resolve) => devTools.on('Page.frameNavigated', ({ type }) => resolve(type)))
    void plain.evaluate('history.back()').catch(() => {})
    expect(await returned).toBe('BackForwardCacheRestore')
    await plain.close()

    const page = await context.newPage()
    await page.addInitScript(observe)
    await logIn(page, 'memory@example.org')
    await page.goto('/account')
    await page.getByText('memory@example.org').first().waitFor()
    await page.goto('/docs')
    const other = await context.newPage()
    await other.goto('/account')
    await other.getByRole('button', { name: 'Log out', exact: true }).click()
    await other.getByLabel('Email address').waitFor()
    await page.goBack()
    await page.getByLabel('Email address').waitFor()
    expect(await page.getByText('memory@example.org').count()).toBe(0)
    expect(await page.evaluate('isRestored')).toBe(false)
    const { reasons }: { readonly reasons: unknown } = await page.evaluate(
      "performance.getEntriesByType('navigation')[0].notRestoredReasons.toJSON()",
    )
    expect(reasons).toContainEqual({ reason: 'response-cache-control-no-store' })
    await context.close()
  })
})
