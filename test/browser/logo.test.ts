import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logoFiles } from '../support/logo-files.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'
import { hasChromium, openChromium } from './support/chromium.ts'

const scripted = '<svg xmlns="http://www.w3.org/2000/svg"><script>console.log("it ran")</script></svg>'

describe.skipIf(!hasChromium)('a logo with a script in it, opened as a page', () => {
  const files = logoFiles()
  let browser: Browser
  let service: InProcess
  let unprotected: Server
  beforeAll(async () => {
    browser = await openChromium()
    service = await startTestServer({ env: { BRAND_LOGO: files.write('logo.svg', scripted) } })
    unprotected = createServer((_, response) => void response.setHeader('content-type', 'image/svg+xml').end(scripted))
    unprotected.listen(0, '127.0.0.1')
    await once(unprotected, 'listening')
  })
  afterAll(async () => {
    await browser.close()
    await service.stop()
    unprotected.close()
    files.remove()
  })

  const firstWordAt = async (url: string) => {
    const page = await browser.newPage()
    const [said] = await Promise.all([page.waitForEvent('console'), page.goto(url)])
    await page.close()
    return said.text()
  }

  test('runs nothing', async () => expect(await firstWordAt(`${service.url}/logo`)).toMatch(/^Blocked script|^Refused to execute|violates/))

  test('would run without our headers', async () =>
    expect(await firstWordAt(`http://127.0.0.1:${(unprotected.address() as AddressInfo).port}/`)).toBe('it ran'))
})
