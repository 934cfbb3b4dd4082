import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startNginx } from '../deploy/support/nginx.ts'
import { isInstalled } from '../support/installed.ts'
import { person } from '../support/server/client.ts'
import { hasChromium } from './support/chromium.ts'
import { freePort, openSite } from './support/site.ts'

const hasTools = hasChromium && (isInstalled('nginx') || isInstalled('/usr/sbin/nginx'))

describe.skipIf(!hasTools)('a back end behind nginx, in a browser', () => {
  test('is reached after a login, and its guarded part after a password', async () => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const site = await openSite({ env: { PUBLIC_ORIGIN: origin, TRUSTED_PROXIES: '127.0.0.1' } })
    const backend = createServer((request, response) => {
      response.setHeader('content-type', 'text/html').end(`<h1>${request.url} for ${request.headers['x-gatebook-email']}</h1>`)
    })
    await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done))
    const nginx = await startNginx(port, new URL(site.app.url).host, `127.0.0.1:${(backend.address() as { port: number }).port}`)
    try {
      await site.app.register()
      const page = await site.visitor({ baseURL: origin })
      await page.goto('/orders?open=1')
      expect(page.url()).toBe(`${origin}/login?to=%2Forders%3Fopen%3D1`)
      await page.getByLabel('Email address').fill(person.email)
      await page.getByLabel('Password', { exact: true }).fill(person.password)
      await page.getByRole('button', { name: 'Log in' }).click()
      await page.getByRole('heading', { name: `/orders?open=1 for ${person.email}` }).waitFor()

      await page.goto('/payout')
      await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(person.password)
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
      await page.getByRole('heading', { name: `/payout for ${person.email}` }).waitFor()
    } finally {
      await nginx.stop()
      backend.closeAllConnections()
      await new Promise((done) => backend.close(done))
      await site.stop()
    }
  })
})
