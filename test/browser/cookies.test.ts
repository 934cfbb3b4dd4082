import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setSessionCookie } from '../../api/http/cookies/session-cookie.ts'
import { sessionCookie } from '../../api/http/cookies/session-token.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { hasChromium, openChromium } from './support/chromium.ts'

const name = '__Host-gatebook'
/** RFC 6265, section 4.1.1. */
const cookieValue = /^("[!#-+\x2d-:<-[\]-~]*"|[!#-+\x2d-:<-[\]-~]*)$/
const octets = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))

let setCookie = ''
let received: string | undefined
let server: Server
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  if (!hasChromium) return
  server = createServer((request, response) => {
    if (request.url !== '/set') {
      received = request.headers.cookie
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>cookies</title>')
      return
    }
    // Node refuses to send such a header itself.
    request.socket.end(`HTTP/1.1 204 No Content\r\nSet-Cookie: ${setCookie}\r\nConnection: close\r\n\r\n`, 'latin1')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  browser = await openChromium()
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

type Source = 'header' | 'script'

/** The session cookie that we read after the browser was given `cookie`, and the one that it keeps by its own account (in ASCII only). */
const after = async (cookie: string, source: Source) => {
  await context.clearCookies()
  received = undefined
  setCookie = cookie
  await page.evaluate(
    async ([text, from]) => {
      if (from === 'script') Reflect.set(Reflect.get(globalThis, 'document'), 'cookie', text)
      // A browser closes the connection over a header that it refuses.
      else await fetch('/set').catch(() => undefined)
      await fetch('/echo')
    },
    [cookie, source] as const,
  )
  const kept = (await context.cookies()).filter((one) => one.name === name).map(({ value }) => value)
  return { ours: sessionCookie(received), kept: kept.find((value) => cookieValue.test(value)) }
}

const places: readonly [string, (octet: string) => string][] = [
  ['before the name', (octet) => `${octet}${name}=mallory`],
  ['in the name', (octet) => `__Host-${octet}gatebook=mallory`],
  ['after the name', (octet) => `${name}${octet}=mallory`],
  ['before the value', (octet) => `${name}=${octet}mallory`],
]
const sources: readonly Source[] = ['header', 'script']

describe.skipIf(!hasChromium)('Chromium and we agree which cookie is ours', () => {
  test('our own one comes back', async () => {
    expect(await after(setSessionCookie('abc', 60), 'header')).toEqual({ ours: 'abc', kept: 'abc' })
  })

  for (const source of sources) {
    test.each(places)(`with any octet %s, by ${source}`, async (_where, cookieOf) => {
      for (const octet of octets) {
        const { ours } = await after(cookieOf(octet), source)
        // Without Secure and Path=/ no browser keeps a cookie of this name, so none of these may count as ours.
        expect([octet.charCodeAt(0), ours]).toEqual([octet.charCodeAt(0), undefined])
      }
    })

    test(`in any sequence of ASCII, by ${source}`, async () => {
      const random = seededRandom()
      const pieces = [name, name, '__host-gatebook', '=', '=', ';', ' ', 'abc', 'Secure', '; Secure; Path=/', ...octets.slice(0, 128)]
      for (let round = 0; round < 200; round += 1) {
        const cookie = Array.from({ length: 1 + random.below(8) }, () => random.pick(pieces)).join('')
        const { ours, kept } = await after(cookie, source)
        expect([JSON.stringify(cookie), ours]).toEqual([JSON.stringify(cookie), kept])
      }
    })
  }
})
