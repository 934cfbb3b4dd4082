import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { gzippedBytes, scripts } from '../support/gzipped.ts'
import { openSite, type Site } from '../support/site.ts'

/** Compressed, in bytes. */
const budgets = { allScripts: 190_000, firstScripts: 85_000, firstStyles: 15_000, requests: 8 }

const print = (line: string) => process.stdout.write(`${line}\n`)

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

/** Runs before anything of the page does. */
const observeShifts = `
  globalThis.shifts = 0
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shifts += value))).observe({ type: 'layout-shift', buffered: true })
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
})
