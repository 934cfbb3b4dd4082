import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { setup as buildPages } from '../test/browser/support/build-pages.ts'
import { gzippedBytes } from '../test/browser/support/gzipped.ts'
import { openSite } from '../test/browser/support/site.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

/** As in Lighthouse: milliseconds, and bits in a second. */
const slow4g = { roundTrip: 150, down: 1_600_000, up: 750_000 }

/** Runs before anything of the page does. */
const observeButton = `
  globalThis.interactive = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('button') === null) return
      observer.disconnect()
      setTimeout(() => resolve(performance.now()))
    })
    observer.observe(document, { childList: true, subtree: true })
  })
`

const throttle = async (page: Page, slowdown: number) => {
  const devTools = await page.context().newCDPSession(page)
  const { roundTrip, down, up } = slow4g
  const network = { offline: false, latency: roundTrip, downloadThroughput: down / 8, uploadThroughput: up / 8 }
  await devTools.send('Network.enable')
  await devTools.send('Network.emulateNetworkConditions', network)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
}

/** One page with one script of so many bytes, which nothing can compress. */
const plainPage = async (bytes: number) => {
  const script = `/*${randomBytes(bytes).toString('base64').slice(0, bytes)}*/document.body.append(document.createElement('button'))`
  const server = createServer((request, response) => {
    if (request.url === '/script.js') response.setHeader('content-type', 'text/javascript').end(script)
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><link rel="icon" href="data:,"><body><script src="/script.js"></script>')
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, stop: () => server.close() }
}

type Site = Awaited<ReturnType<typeof openSite>>

/** Milliseconds from the start of the navigation until the page has a button and the main thread is free. */
const interactiveAfter = async ({ browser }: Site, url: string, slowdown: number): Promise<number> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await throttle(page, slowdown)
  await page.addInitScript(observeButton)
  await page.goto(url)
  const time = Number(await page.evaluate('interactive'))
  await context.close()
  return time
}

/** Bytes of scripts, styles and icon that the login page asks for. */
const loginBytes = async (site: Site): Promise<number> => {
  const page = await site.visitor()
  const files: string[] = []
  page.on('request', (request) => files.push(new URL(request.url()).pathname))
  await page.goto('/login', { waitUntil: 'networkidle' })
  await page.context().close()
  return gzippedBytes(files.filter((path) => path.startsWith('/assets/')).map((path) => basename(path)))
}

/** The login page against one plain file of its size, on a slow network. Needs Debian's Chromium. */
buildPages()
const site = await openSite()
const plain = await plainPage(await loginBytes(site))
for (const slowdown of [1, 4]) {
  const times = await turnByTurn(Number(process.env.BENCH_ROUNDS ?? 5), {
    login: () => interactiveAfter(site, `${site.url}/login`, slowdown),
    plain: () => interactiveAfter(site, plain.url, slowdown),
  })
  const [login, reference] = [median(times.login), median(times.plain)].map(Math.round)
  const ratio = medianRatio(times.login, times.plain).toFixed(2)
  process.stdout.write(`processor slower by ${slowdown}: login page ${login} ms, plain file ${reference} ms, ratio ${ratio}\n`)
}
plain.stop()
await site.stop()
