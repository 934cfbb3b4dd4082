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
  globalThis.listen = () => client.session.subscribe(() => said.push('page: ' + client.session.get().status))
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
    /** Resolves when it was said that often. */
    const saying = (what: unknown, times = 1) =>
      tab.waitForFunction(([one, count]) => Reflect.get(globalThis, 'said').filter((said: unknown) => said === one).length === count, [
        what,
        times,
      ] as const)
    const tell = (...call: readonly unknown[]) => tab.evaluate((said) => Reflect.get(globalThis, 'tell')(...said), call)

    await tab.goto('/own/')
    await saying('anonymous')
    const stream = tab.context().waitForEvent('request', (request) => request.url().endsWith('/audit/me/live'))
    await tell('POST /login', { body: person })
    await saying('authenticated')
    // Only the worker listens so far, so nobody else can tell it.
    await stream
    await site.app.post('/logout/everywhere', {}, token)
    await saying('anonymous', 2)

    await tab.evaluate(() => Reflect.get(globalThis, 'listen')())
    await saying('page: anonymous')
    await tell('POST /login', { body: person })
    await saying('page: authenticated')
    await tell('POST /logout')
    await saying('page: anonymous', 2)
    expect(site.faults).toEqual([])
  })
})
