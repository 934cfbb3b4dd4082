import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { gzippedBytes, scripts } from '../support/gzipped.ts'
import { openSite, type Site } from '../support/site.ts'

/** Compressed, in bytes. */
const budgets = { allScripts: 150_000, firstScripts: 85_000, firstStyles: 15_000, requests: 8 }

/** As in Lighthouse: milliseconds, and bits in a second. */
const slow4g = { roundTrip: 150, down: 1_600_000, up: 750_000 }

const print = (line: string) => process.stdout.write(`${line}\n`)

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

/** These run before anything of the page does. */
const observeShifts = `
  globalThis.shifts = 0
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shifts += value))).observe({ type: 'layout-shift', buffered: true })
`
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

/** Of every layout until now. Observers are told after the next frame. */
const shiftsOf = (page: Page): Promise<number> =>
  page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shifts)))))')

/** What the login page asks for until nothing more happens, and every red line in the console. */
const loadLogin = async () => {
  const page = await site.visitor()
  const paths: string[] = []
  const lines: string[] = []
  page.on('request', (request) => paths.push(new URL(request.url()).pathname))
  page.on('console', (message) => message.type() !== 'info' && lines.push(message.text()))
  await page.addInitScript(observeShifts)
  await page.goto('/login')
  await page.getByLabel('Email address').waitFor()
  await page.waitForLoadState('networkidle')
  return { page, paths, lines }
}

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

/** Milliseconds from the start of the navigation until the page has a button and the main thread is free. */
const interactiveAfter = async (url: string, slowdown: number): Promise<number> => {
  const context = await site.browser.newContext()
  const page = await context.newPage()
  await throttle(page, slowdown)
  await page.addInitScript(observeButton)
  await page.goto(url)
  const time = Number(await page.evaluate('interactive'))
  await context.close()
  return time
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

describe.skipIf(!hasChromium)('the budget of the pages', () => {
  test('holds for all scripts together', () => {
    const bytes = gzippedBytes(scripts())
    print(`all scripts: ${bytes} bytes`)
    expect(bytes).toBeGreaterThan(60_000)
    expect(bytes).toBeLessThan(budgets.allScripts)
  })

  test('holds for the login page: size, requests, no shift of the layout, and nothing in the console', async () => {
    const { page, paths, lines } = await loadLogin()
    const [first, styles] = ['.js', '.css'].map((end) =>
      gzippedBytes(paths.filter((path) => path.endsWith(end)).map((path) => basename(path))),
    )
    print(`login page: ${first} bytes of scripts, ${styles} of styles, ${paths.length} requests: ${paths.join(' ')}`)
    expect(first).toBeGreaterThan(40_000)
    expect(first).toBeLessThan(budgets.firstScripts)
    expect(styles).toBeLessThan(budgets.firstStyles)
    expect(paths.length).toBeLessThanOrEqual(budgets.requests)
    expect(lines).toEqual([])
    expect(await shiftsOf(page)).toBe(0)
    // The observer does see a shift where there is one.
    await page.evaluate(`new Promise((resolve) => {
      new PerformanceObserver(resolve).observe({ type: 'layout-shift' })
      document.body.prepend(Object.assign(document.createElement('div'), { textContent: 'late' }))
    })`)
    expect(await shiftsOf(page)).toBeGreaterThan(0)
  })

  // How fast the machine of a test run is says nothing about the page, so this measures and does not judge.
  test.each([1, 4])('is measured on slow 4G against one plain file of the same size, with a processor slower by %i', async (slowdown) => {
    const { paths } = await loadLogin()
    const plain = await plainPage(gzippedBytes(paths.filter((path) => path.startsWith('/assets/')).map((path) => basename(path))))
    const times: { login: number; plain: number }[] = []
    for (let round = 0; round < 3; round += 1) {
      const login = await interactiveAfter(`${site.url}/login`, slowdown)
      times.push({ login, plain: await interactiveAfter(plain.url, slowdown) })
    }
    plain.stop()
    const [login, reference] = [median(times.map((time) => time.login)), median(times.map((time) => time.plain))]
    const ratio = median(times.map((time) => time.login / time.plain))
    print(
      `login page on slow 4G, processor slower by ${slowdown}: ${Math.round(login)} ms, plain file ${Math.round(reference)} ms, ratio ${ratio.toFixed(2)}`,
    )
    expect(ratio).toBeGreaterThan(0)
  })
})
