import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { buildExample } from '../support/build-example.ts'
import { hasChromium } from '../support/chromium.ts'
import { freePort, openSite, type Site } from '../support/site.ts'

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

const serve = async (folder: string, port: number) => {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const type = types[path.split('.').at(-1) ?? '']
    if (type === undefined) response.writeHead(404).end()
    else response.setHeader('content-type', type).end(readFileSync(join(folder, path)))
  }).listen(port, 'localhost')
  await once(server, 'listening')
  return server
}

const sessionCookieOf = async (page: Page) => (await page.context().cookies()).find(({ name }) => name === '__Host-gatebook')

let site: Site
let shop: string
let stop = async () => {}
beforeAll(async () => {
  if (!hasChromium) return
  const port = await freePort()
  shop = `http://localhost:${port}`
  site = await openSite({ env: { ALLOWED_ORIGINS: shop } })
  const { folder, remove } = await buildExample('front-end', { GATEBOOK: JSON.stringify(site.url) })
  const server = await serve(folder, port)
  stop = async () => {
    server.close()
    remove()
    await site.stop()
  }
})
afterAll(() => stop())

describe.skipIf(!hasChromium)('a front end on another origin', () => {
  test('logs people in in a dialog, calls what is guarded, and logs them out', async () => {
    await site.app.register()
    const page = await site.visitor({ baseURL: shop })
    await page.goto('/')
    await page.getByRole('button', { name: 'Log in' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email address').fill(person.email)
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Log in' }).click()
    await page.getByText(`Hello ${person.email}`).waitFor()
    const cookie = await sessionCookieOf(page)
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' })

    await page.getByRole('button', { name: 'Pay' }).click()
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('Paid.', { exact: true }).waitFor()

    await page.reload()
    await page.getByText(`Hello ${person.email}`).waitFor()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await sessionCookieOf(page)).toBeUndefined()
    const fromTheShop = site.faults.filter((fault) => fault !== `request to ${shop}`)
    expect(fromTheShop).toEqual([])
  })

  test('shows that a session which was ended elsewhere is over, at once', async () => {
    const { token } = await site.app.register({ email: 'elsewhere@example.org' })
    const page = await site.visitor({ baseURL: shop })
    await page.goto('/')
    await page.getByRole('button', { name: 'Log in' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email address').fill('elsewhere@example.org')
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    const stream = page.waitForRequest('**/audit/me/live')
    await dialog.getByRole('button', { name: 'Log in' }).click()
    await stream
    await dialog.waitFor({ state: 'detached' })
    await site.app.post('/logout/everywhere', {}, token)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
  })

  /** A request that the reload itself cut off is another failure. */
  const isRefused = (request: Request) => request.url().includes('/api/1/session') && request.failure()?.errorText === 'net::ERR_FAILED'

  test('gets nothing from an origin that is not allowed', async () => {
    const page = await site.visitor({ baseURL: shop })
    await page.goto(shop.replace('localhost', '127.0.0.1'))
    const failed = page.waitForEvent('requestfailed', isRefused)
    await page.reload()
    await failed
    expect(await page.getByRole('button').count()).toBe(0)
  })
})
