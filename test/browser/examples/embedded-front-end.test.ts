import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildShop } from '../../../examples/embedded-front-end/server.ts'
import { person } from '../../support/server/client.ts'
import { buildExample } from '../support/build-example.ts'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { freePort } from '../support/site.ts'

let browser: Browser
let url: string
let stop = async () => {}
beforeAll(async () => {
  if (!hasChromium) return
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-shop-'))
  const { folder, remove } = await buildExample('embedded-front-end/page')
  const port = await freePort()
  url = `http://localhost:${port}`
  const options = { dataDir, argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent' } as const
  const app = await buildShop(options, folder)
  await app.inject({ method: 'POST', url: '/api/1/register', payload: { ...person, transport: 'bearer' } })
  await app.listen({ port, host: 'localhost' })
  browser = await openChromium()
  stop = async () => {
    await browser.close()
    await app.close()
    remove()
    rmSync(dataDir, { recursive: true })
  }
})
afterAll(() => stop())

describe.skipIf(!hasChromium)('an app of one’s own with its own page', () => {
  test('logs people in, asks for the password where its guard wants it, and logs them out in every tab', async () => {
    const context = await browser.newContext()
    context.setDefaultTimeout(15_000)
    const [page, other] = [await context.newPage(), await context.newPage()]
    const faults: string[] = []
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('pageerror', ({ message }) => faults.push(message))
    await page.goto(url)
    await other.goto(url)
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText(`Hello ${person.email}`).waitFor()
    await other.getByText(`Hello ${person.email}`).waitFor()

    expect(faults).toEqual([])
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Not paid.').waitFor()
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.getByLabel('Your password, once more').fill(person.password)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Paid.', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByLabel('Email address').waitFor()
    await other.getByLabel('Email address').waitFor()
    // The browser writes a line for each of the two refusals.
    expect(faults.filter((fault) => !fault.includes('403'))).toEqual([])
  })
})
