import { build, type Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { hasChromium } from './support/chromium.ts'
import { openSite, type Site } from './support/site.ts'

const bundled = async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry: 'web/client/index.ts', formats: ['es'], fileName: 'client' } },
  })
  return ([built].flat()[0] as Rollup.RollupOutput).output[0].code
}

/** Does what it is told, one call after the other, and says what became of it. */
const worker = `
  import { createClient } from '/own/client.js'
  const client = createClient()
  client.session.subscribe(() => postMessage(client.session.get().status))
  onmessage = async ({ data: [name, input] }) => postMessage((await client.call(name, input)).ok)
`
const page = `<!doctype html><script type="module">
  import { createClient } from '/own/client.js'
  const worker = new Worker('/own/worker.js', { type: 'module' })
  const said = (globalThis.said = [])
  worker.onmessage = ({ data }) => said.push(data)
  globalThis.tell = (...call) => worker.postMessage(call)
  const client = createClient()
  client.session.subscribe(() => said.push('page: ' + client.session.get().status))
</script>`

let site: Site
beforeAll(async () => {
  if (hasChromium) site = await openSite()
})
afterAll(async () => site?.stop())

describe.skipIf(!hasChromium)('the client in a worker', () => {
  test('logs in, watches its session, and shares it with the page', async () => {
    const { token } = await site.app.register()
    const files: Readonly<Record<string, string>> = { '/own/client.js': await bundled(), '/own/worker.js': worker }
    const tab = await site.visitor()
    await tab.context().route('**/own/**', (route) => {
      const body = files[new URL(route.request().url()).pathname]
      return route.fulfill(body === undefined ? { contentType: 'text/html', body: page } : { contentType: 'text/javascript', body })
    })
    const saying = (what: unknown) => tab.waitForFunction((one) => Reflect.get(globalThis, 'said').includes(one), what)
    const tell = (...call: readonly unknown[]) => tab.evaluate((said) => Reflect.get(globalThis, 'tell')(...said), call)

    await tab.goto('/own/')
    await saying('anonymous')
    await saying('page: anonymous')
    const streams = [tab.context().waitForEvent('request', (request) => request.url().endsWith('/audit/me/live'))]
    await tell('POST /login', { body: person })
    await saying('authenticated')
    await saying('page: authenticated')
    await Promise.all(streams)
    await site.app.post('/logout/everywhere', {}, token)
    await tab.waitForFunction(() => Reflect.get(globalThis, 'said').filter((one: unknown) => one === 'anonymous').length === 2)
    await tab.waitForFunction(() => Reflect.get(globalThis, 'said').filter((one: unknown) => one === 'page: anonymous').length === 2)
    expect(site.faults).toEqual([])
  })
})
