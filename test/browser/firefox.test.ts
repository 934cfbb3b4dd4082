import { type Browser, launch, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../support/installed.ts'
import { person } from '../support/server/client.ts'
import { secondFactorIn } from '../support/server/second-factor.ts'
import { startTestServer } from '../support/server/start-test-server.ts'
import { freePort } from './support/site.ts'

/** Debian's package, by WebDriver BiDi. Playwright drives a build of its own and no other. */
const executablePath = '/usr/bin/firefox-esr'
const hasFirefox = isInstalled(executablePath)

let app: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let url: string
beforeAll(async () => {
  if (!hasFirefox) return
  const port = await freePort()
  url = `http://localhost:${port}`
  app = await startTestServer({ env: { PORT: String(port), PUBLIC_ORIGIN: url } })
  browser = await launch({ browser: 'firefox', executablePath, headless: true })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** A browser of its own, and every error and red line of its page. */
const visitor = async () => {
  const page = await (await browser.createBrowserContext()).newPage()
  // A page behind another one gets no frames, and a locator waits for some.
  await page.bringToFront()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  return { page, faults }
}

const fill = (page: Page, name: string, value: string) => page.locator(`input[name="${name}"]`).fill(value)
const send = (page: Page) => page.locator('button[type="submit"]').click()
const sees = (page: Page, text: string) => expect.poll(() => page.evaluate('document.body.innerText'), { timeout: 20_000 }).toContain(text)
const isAt = (page: Page, path: string) => expect.poll(() => new URL(page.url()).pathname, { timeout: 20_000 }).toBe(path)

const givePassword = async (page: Page, email: string) => {
  await page.goto(`${url}/login`)
  await fill(page, 'email', email)
  await fill(page, 'password', person.password)
  await send(page)
}

describe.skipIf(!hasFirefox)('in Firefox', () => {
  test('somebody registers, and is on the account page', async () => {
    const { page, faults } = await visitor()
    await page.goto(`${url}/register`)
    await fill(page, 'email', 'fox@example.org')
    await fill(page, 'password', person.password)
    await send(page)
    await isAt(page, '/account')
    await sees(page, 'fox@example.org')
    expect(faults).toEqual([])
  })

  test('a login takes two steps, and a session that is ended elsewhere is gone at once', async () => {
    const steps = secondFactorIn(app)
    const { secret, token } = await steps.somebody('two.steps@example.org')
    const { page, faults } = await visitor()
    await givePassword(page, 'two.steps@example.org')
    await fill(page, 'code', steps.freshCode(secret))
    await page.keyboard.press('Enter')
    await sees(page, 'two.steps@example.org')
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
    expect((await app.post('/logout/everywhere', {}, token)).status).toBe(204)
    await isAt(page, '/login')
    expect(faults).toEqual([])
  })
})
