import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { hasChromium, openChromium } from '../support/chromium.ts'
import { freePort } from '../support/site.ts'

/** The first one that imports the package, elsewhere and with its own data. */
const exampleFor = (port: number, dataDir: string) => {
  const example = readFileSync('README.md', 'utf8')
    .split('```ts\n')
    .map((block) => block.split('```')[0] ?? '')
    .find((block) => block.includes("from 'gatebook'"))
  if (example === undefined) throw new Error('README.md has no example that imports gatebook')
  const moved = example.replace('port: 3000', `port: ${port}`).replace("'./data'", JSON.stringify(dataDir))
  if (moved.includes('3000') || moved.includes('./data')) throw new Error('the example of README.md has changed: adapt this test')
  return moved
}

const answersAt = async (url: string) => {
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(url).then(Boolean, () => false)) return
    await pause(100)
  }
  throw new Error('the example does not listen')
}

test.skipIf(!hasChromium)('the example of the README works from a browser, and stops on SIGTERM while the browser is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-readme-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/gatebook'))
  symlinkSync(resolve('node_modules/fastify'), join(folder, 'node_modules/fastify'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'app.ts'), exampleFor(port, join(folder, 'data')))
  const { NODE_ENV: _, ...env } = process.env
  const program = spawn(process.execPath, ['--conditions=gatebook-source', 'app.ts'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const exited = once(program, 'exit')
  const browser = await openChromium()
  try {
    await answersAt(url)
    const page = await browser.newPage()
    await page.goto(`${url}/nowhere`)
    const send = (method: string, path: string, body?: object) =>
      page.evaluate(
        async ([how, where, text]) => {
          const headers: Record<string, string> = text === null ? {} : { 'content-type': 'application/json' }
          const answer = await fetch(String(where), { method: String(how), headers, ...(text === null ? {} : { body: String(text) }) })
          return [answer.status, answer.headers.get('content-type')?.includes('json') ? await answer.json() : null] as const
        },
        [method, path, body === undefined ? null : JSON.stringify(body)] as const,
      )
    expect((await send('GET', '/orders'))[0]).toBe(401)
    expect((await send('POST', '/api/1/register', person))[0]).toBe(201)
    const [, session] = await send('GET', '/api/1/session')
    expect(await send('GET', '/orders')).toEqual([200, { of: (session as { readonly accountId: string }).accountId }])
    expect((await send('GET', '/books'))[0]).toBe(403)
    expect((await send('POST', '/api/1/logout'))[0]).toBe(204)
    expect((await send('GET', '/orders'))[0]).toBe(401)
    expect((await send('POST', '/api/1/login', person))[0]).toBe(200)
    expect((await send('GET', '/orders'))[0]).toBe(200)

    // A stream that is open, and connections that are kept.
    await page.evaluate(
      () =>
        new Promise((opened, failed) => {
          const stream = new EventSource('/api/1/audit/me/live')
          stream.onopen = opened
          stream.onerror = failed
        }),
    )
    const asked = performance.now()
    program.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(performance.now() - asked).toBeLessThan(5_000)
    expect(complaints).toBe('')
  } finally {
    program.kill('SIGKILL')
    await browser.close()
    rmSync(folder, { recursive: true })
  }
})
