import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { secondFactorIn } from '../../support/server/second-factor.ts'
import { startTestServer, type TestServerOptions } from '../../support/server/start-test-server.ts'
import { openChromium } from './chromium.ts'

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const desktop = { viewport: { width: 1280, height: 900 } } as const

/** The service must know its origin before it listens. */
export const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** What a page did that none may do: errors, refused sources, red lines in the console. */
const faultsOf = (page: Page, faults: string[], url: string) => {
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // The browser writes one for each refused request; which ones a test expects, it says itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) faults.push(`request to ${new URL(request.url()).origin}`)
  })
}

/** The real server with the built pages, and a real browser. The clock of the server is set by the test, as in `startTestServer`. */
export const openSite = async ({ env = {}, ...options }: TestServerOptions = {}) => {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const app = await startTestServer({ ...options, env: { PORT: String(port), PUBLIC_ORIGIN: url, ...env } })
  const browser: Browser = await openChromium()
  const faults: string[] = []

  /** A browser of its own: own cookies, own storage. English unless the test says otherwise. */
  const visitor = async (settings: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ baseURL: url, locale: 'en-US', ...desktop, ...settings })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    faultsOf(page, faults, url)
    return page
  }

  const stop = async () => {
    await browser.close()
    await app.stop()
  }
  return { app, steps: secondFactorIn(app), url, browser, visitor, faults, stop }
}

export type Site = Awaited<ReturnType<typeof openSite>>
