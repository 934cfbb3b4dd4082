import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../../examples/embedded.ts'
import { createClient } from '../../../web/client/index.ts'
import { person } from '../../support/server/client.ts'
import { mustSucceed, network } from './support.ts'

describe('fetch for routes of one’s own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-own-routes-'))
  let app: Awaited<ReturnType<typeof buildApp>>['app']
  let baseUrl: string
  beforeAll(async () => {
    app = (await buildApp({ argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent', dataDir })).app
    baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true })
  })

  test('shows the session to guards, asks for a password where one is needed, and repeats the request', async () => {
    const net = network()
    const client = createClient({ baseUrl, transport: 'bearer', fetch: net.send })
    expect((await client.fetch('/orders')).status).toBe(401)
    const { accountId } = mustSucceed(await client.call('POST /register', { body: person })) as { readonly accountId: string }
    const orders = await client.fetch('/orders', { headers: { 'x-mine': '1' } })
    expect(await orders.json()).toEqual({ of: accountId })

    expect((await client.fetch('/payout', { method: 'POST' })).status).toBe(403)
    client.onStepUp(async () => (await client.call('POST /session/elevate', { body: { password: person.password } })).ok)
    net.forget()
    const payout = await client.fetch('/payout', { method: 'POST' })
    expect(await payout.json()).toEqual({ paid: true })
    expect(net.names()).toEqual(['POST /payout', 'POST /session/elevate', 'POST /payout'])
  })

  test('leaves every other answer to the app, body included', async () => {
    const client = createClient({ baseUrl, transport: 'bearer' })
    const refused = await client.fetch('/books')
    expect([refused.status, (await refused.json()).code]).toEqual([401, 'SESSION_REQUIRED'])
    expect((await client.fetch('/nowhere')).status).toBe(404)
  })

  test('names the position of the last change, until a node does not know it', async () => {
    const positions: (string | null)[] = []
    const client = createClient({
      baseUrl,
      fetch: async (url, init) => {
        if (url.endsWith('/api/1/devices/x')) return new Response(null, { status: 204, headers: { 'gatebook-position': 'sealed' } })
        positions.push(new Headers(init.headers).get('gatebook-position'))
        const problem = { code: 'MALFORMED_REQUEST', status: 400, title: 'Malformed' }
        return Response.json(problem, { status: 400, headers: { 'content-type': 'application/problem+json' } })
      },
    })
    await client.fetch('/orders')
    await client.call('DELETE /devices/{id}', { params: { id: 'x' } })
    await client.fetch('/orders')
    await client.fetch('/orders')
    expect(positions).toEqual([null, 'sealed', null])
  })

  test('keeps the position of a change that came while a call with an older one was refused', async () => {
    const positions: (string | null)[] = []
    const refusal = Promise.withResolvers<Response>()
    let changes = 0
    const client = createClient({
      baseUrl,
      fetch: async (url, init) => {
        if (url.endsWith('/api/1/devices/x')) {
          changes += 1
          return new Response(null, { status: 204, headers: { 'gatebook-position': `sealed ${changes}` } })
        }
        positions.push(new Headers(init.headers).get('gatebook-position'))
        return positions.length === 1 ? refusal.promise : new Response(null, { status: 204 })
      },
    })
    const change = () => client.call('DELETE /devices/{id}', { params: { id: 'x' } })
    await change()
    const first = client.fetch('/orders')
    await change()
    const problem = { code: 'MALFORMED_REQUEST', status: 400, title: 'Malformed' }
    refusal.resolve(Response.json(problem, { status: 400, headers: { 'content-type': 'application/problem+json' } }))
    await first
    await client.fetch('/orders')
    expect(positions).toEqual(['sealed 1', 'sealed 2'])
  })

  test.each(['https://evil.example/x', '//evil.example/x', '\\\\evil.example/x'])('does not show the session to %s', async (path) => {
    const net = network()
    const client = createClient({ baseUrl, transport: 'bearer', fetch: net.send })
    await expect(client.fetch(path)).rejects.toThrow('to the origin of Gatebook only')
    expect(net.names()).toEqual([])
  })
})
