import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { admitServices } from '../../../api/protection/services.ts'
import { parseNetwork } from '../../../application/network.ts'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { serviceTokens } from '../../../infrastructure/tokens/service-tokens.ts'
import { readServiceTokens } from '../../../infrastructure/tokens/service-tokens-file.ts'
import { person } from '../../support/server/client.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const billing = 'b1ll1ng-t0ken-of-at-least-32-characters'
const shop = 'sh0p-t0ken-of-at-least-32-characters-too'
const header = 'gatebook-service-token'

describe('limits by address', async () => {
  const { app } = await suiteServer({
    env: { RATE_PER_MINUTE: '20', LOGIN_RATE_PER_MINUTE: '3', SERVICE_TOKENS: `billing:${billing},shop:${shop}` },
  })
  const { token } = await app.register()
  let next = 1
  const newAddress = () => `192.0.2.${next++}`
  const ask = async (path: string, address: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') =>
    (await app.send({ method, path, address, headers, token })).status
  const times = async (n: number, call: () => Promise<number>) => {
    const statuses: number[] = []
    for (let i = 0; i < n; i++) statuses.push(await call())
    return new Map([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]))
  }

  test('verifications have a budget of their own, ten times as large', async () => {
    const address = newAddress()
    expect(await times(210, () => ask('/verify', address))).toEqual(
      new Map([
        [204, 200],
        [429, 10],
      ]),
    )
    expect(await times(21, () => ask('/session', address))).toEqual(
      new Map([
        [200, 20],
        [429, 1],
      ]),
    )
    expect(await ask('/verify', newAddress())).toBe(204)
  })

  test('the token of a service lifts them for /session and /verify', async () => {
    const address = newAddress()
    for (const known of [billing, shop]) {
      expect(await times(50, () => ask('/session', address, { [header]: known }))).toEqual(new Map([[200, 50]]))
      expect(await times(250, () => ask('/verify', address, { [header]: known }))).toEqual(new Map([[204, 250]]))
    }
    expect(await times(20, () => ask('/session', address))).toEqual(new Map([[200, 20]]))
  })

  test('it lifts nothing else', async () => {
    const address = newAddress()
    let n = 0
    const spread = () => ask('/sessions', address, { [header]: billing, 'x-forwarded-for': `203.0.113.${n++}` })
    expect(await times(21, spread)).toEqual(
      new Map([
        [200, 20],
        [429, 1],
      ]),
    )
    const headers = { [header]: billing }
    const guess = (n: number, from: string) =>
      app.send({
        method: 'POST',
        path: '/login',
        address: from,
        headers: { ...headers, 'x-forwarded-for': `203.0.113.${n}` },
        body: { ...person, email: `nobody-${n}@example.org`, transport: 'bearer' },
      })
    const from = newAddress()
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) statuses.push((await guess(n, from)).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })

  test.each([
    ['another token', 'x'.repeat(40)],
    ['the name', 'billing'],
    ['the name and the token', `billing:${billing}`],
    ['a part', billing.slice(0, -1)],
    ['two tokens', `${billing}, ${shop}`],
    ['nothing', ''],
  ])('%s lifts nothing', async (_, presented) => {
    const address = newAddress()
    expect(await times(21, () => ask('/session', address, { [header]: presented }))).toEqual(
      new Map([
        [200, 20],
        [429, 1],
      ]),
    )
  })
})

describe('a service speaks for somebody', () => {
  const warnings: string[] = []
  const admits = admitServices({
    nameOf: serviceTokens([`billing:${billing}`]),
    trusted: [parseNetwork('10.0.0.1')].filter((network) => network !== undefined),
    warn: (text) => warnings.push(text),
  })
  const ask = (remoteAddress: string, headers: Record<string, string>) => {
    const request = { socket: { remoteAddress }, headers, service: null, callerAddress: 'untouched' } as unknown as FastifyRequest
    return [admits(request), request.service, request.callerAddress]
  }

  test('whose address it names, behind a trusted proxy too', () => {
    const named = { [header]: billing, 'x-forwarded-for': '198.51.100.9, 192.0.2.1' }
    expect(ask('192.0.2.50', named)).toEqual([true, 'billing', '192.0.2.1'])
    expect(ask('192.0.2.50', { [header]: billing })).toEqual([true, 'billing', '192.0.2.50'])
    const behind = { ...named, 'x-forwarded-for': '203.0.113.4, 192.0.2.1, 192.0.2.50' }
    expect(ask('10.0.0.1', behind)).toEqual([true, 'billing', '192.0.2.1'])
    expect(ask('192.0.2.50', { ...named, 'x-forwarded-for': 'nonsense' })).toEqual([true, 'billing', '192.0.2.50'])
  })

  test('and is not believed without its token, of which the log hears once', () => {
    const named = { 'x-forwarded-for': '192.0.2.1' }
    expect(ask('192.0.2.50', named)).toEqual([false, null, 'untouched'])
    expect(warnings).toEqual([])
    for (const wrong of ['wrong', 'wrong again'])
      expect(ask('192.0.2.50', { ...named, [header]: wrong })).toEqual([false, null, 'untouched'])
    expect(warnings).toEqual(['gatebook-service-token was sent with a token that is not in SERVICE_TOKENS, and was ignored'])
  })
})

test('the name of the first that has the token is found', () => {
  const nameOf = serviceTokens([`billing:${billing}`, `shop:${shop}`, `billing:${'y'.repeat(40)}`])
  expect([billing, shop, 'y'.repeat(40), '', 'billing'].map(nameOf)).toEqual(['billing', 'shop', 'billing', undefined, undefined])
  expect(serviceTokens([])('')).toBeUndefined()
})

test.each([
  `billing:${'short'.repeat(6)}`,
  `Billing:${billing}`,
  billing,
  `:${billing}`,
  `billing:${'a'.repeat(40)}`,
  `billing:${billing} x`,
  `billing:${billing},`,
])('SERVICE_TOKENS=%s is a mistake that names no token', (text) => {
  const read = readConfig({ SERVICE_TOKENS: text })
  expect(isLeft(read) && read.left).toEqual([{ variable: 'SERVICE_TOKENS', expected: expect.stringContaining('name:token') }])
  expect(JSON.stringify(read)).not.toContain(billing)
})

describe('SERVICE_TOKENS_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-services-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'tokens')
  const written = (text: string, mode = 0o600) => {
    writeFileSync(file, text)
    chmodSync(file, mode)
    return readServiceTokens(file)
  }

  test('has a token on each line', () => {
    expect(written(`billing:${billing}\n\nshop:${shop}\r\n`)).toMatchObject({ right: [`billing:${billing}`, `shop:${shop}`] })
    expect(written('')).toMatchObject({ right: [] })
    expect(readServiceTokens(undefined)).toMatchObject({ right: [] })
  })

  test('is refused with the number of the line, and without its text', () => {
    const read = written(`billing:${billing}\nshop ${shop}\n`)
    expect(read).toMatchObject({ left: { detail: expect.stringMatching(/^SERVICE_TOKENS_FILE: line 2: expected name:token/) } })
    expect(JSON.stringify(read)).not.toContain(shop)
    expect(written(`billing:${billing}`, 0o666)).toMatchObject({ left: { detail: 'SERVICE_TOKENS_FILE: other users may write the file' } })
    expect(written('x'.repeat(70_000))).toMatchObject({ left: { type: 'service_tokens_unusable' } })
    expect(readServiceTokens(join(folder, 'none'))).toMatchObject({ left: { type: 'service_tokens_unusable' } })
    expect(readServiceTokens(folder)).toMatchObject({ left: { type: 'service_tokens_unusable' } })
  })
})
