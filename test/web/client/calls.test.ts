import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { OpenApiDocument } from '../../../api/openapi/document.ts'
import type { CallName } from '../../../web/client/index.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { bearerOf } from './support.ts'

const names = [...readFileSync('web/client/calls.ts', 'utf8').matchAll(/^ {2}'([A-Z]+ \/\S+)': \{$/gm)].map(([, name = '']) => name)

/** Read with `EventSource` or piece by piece, opened with `WebSocket`, or bytes. */
const notJson = /\/live$|\/audit\/export$|\/ws$|\/blob$|\/audit\/tile\/|\/audit\/backtest$/

describe('the calls of the client', async () => {
  const { app } = await suiteServer()

  test('are those that the server publishes, without what is not JSON', async () => {
    const { paths }: OpenApiDocument = (await app.get('/openapi.json')).body
    const published = Object.entries(paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path.replace('/api/1', '')}`),
    )
    const ofTheApi = published.filter((name) => `/api/1${name.split(' ')[1]}` in paths)
    expect(names.length).toBeGreaterThan(40)
    expect(names.toSorted()).toEqual(ofTheApi.filter((name) => !notJson.test(name)).toSorted())
  })

  test.each(names)('%s reaches its route', async (name) => {
    const seen: string[] = []
    const client = bearerOf(app, async (url, init) => {
      seen.push(url)
      return fetch(url, init)
    })
    const params = Object.fromEntries([...name.matchAll(/\{(\w+)\}/g)].map(([, param]) => [param, '019a2237-3a7d-758f-af71-cd8100be0297']))
    const result = await client.call(name as CallName, { params, ...(name.startsWith('GET ') ? {} : { body: {} }) } as never)
    // Somebody without a session, and with an empty body: no route lets that pass but these.
    const code = result.ok ? 'ok' : result.problem.code
    const open = ['GET /settings', 'GET /session', 'POST /logout']
    const expected = open.includes(name)
      ? ['ok', 'SESSION_REQUIRED', 'VALIDATION_FAILED', 'MALFORMED_REQUEST']
      : ['SESSION_REQUIRED', 'VALIDATION_FAILED']
    expect(expected).toContain(code)
    expect(seen[0]).not.toMatch(/[{}]/)
  })
})
