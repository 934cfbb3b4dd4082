import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { createAccessTokenGuard } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentedCalls } from '../../../api/openapi/document.ts'
import { until } from '../../infrastructure/cluster/node-on.ts'
import { logoFiles, svg } from '../../support/logo-files.ts'
import { body, openEmbedded } from './support.ts'

const publicOrigin = 'https://app.example.org'

/** The ways in which the same place is said. */
const ways = {
  'as an option': { opened: '/auth', registered: undefined, scope: '', expected: '/auth' },
  'when it is registered': { opened: '', registered: '/auth', scope: '', expected: '/auth' },
  'by a scope around it': { opened: '/auth', registered: undefined, scope: '/v2', expected: '/v2/auth' },
} as const

type Gatebook = Awaited<ReturnType<typeof openEmbedded>>['gatebook']

describe.each(Object.entries(ways))('a prefix, given %s', (_, { opened, registered, scope, expected }) => {
  const files = logoFiles()
  const app: FastifyInstance = Fastify({ requestTimeout: 10_000 })
  const added: string[] = []
  let gatebook: Gatebook
  let dataDir: string
  let close = async () => {}
  beforeAll(async () => {
    const brandLogo = files.write('logo.svg', svg)
    const embedded = await openEmbedded({ publicOrigin, prefix: opened, brandLogo, demonstration: true })
    gatebook = embedded.gatebook
    dataDir = embedded.dataDir
    app.addHook('onRoute', ({ method, url }) => void (method !== 'HEAD' && added.push(`${method} ${url}`)))
    await app.register(
      (surrounding, _options, done) => {
        surrounding.register(gatebook.plugin, registered === undefined ? {} : { prefix: registered })
        done()
      },
      { prefix: scope },
    )
    close = async () => {
      await app.close()
      embedded.remove()
      files.remove()
    }
  })
  afterAll(() => close())

  const mails = () => {
    const outbox = join(dataDir, 'outbox')
    return existsSync(outbox) ? readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8')) : []
  }

  test('stands before every route, and before nothing else', () => {
    const documented = documentedCalls(gatebook.openApi()).map(({ method, url }) => `${method} ${expected}${url}`)
    expect(documented.length).toBeGreaterThan(50)
    expect(added.toSorted()).toEqual(documented.toSorted())
  })

  test('leaves nothing at the old place: each call is answered there by the app and not by Gatebook', async () => {
    for (const { method, url } of documentedCalls(gatebook.openApi())) {
      const path = url.replaceAll(/:\w+/g, 'x')
      const moved = await app.inject({ method: method as 'GET', url: expected + path, headers: { authorization: 'Bearer nobody' } })
      expect([path, moved.headers['x-content-type-options']]).toEqual([path, 'nosniff'])
      const old = await app.inject({ method: method as 'GET', url: path })
      expect([path, old.statusCode, old.headers['x-content-type-options']]).toEqual([path, 404, undefined])
    }
  })

  test('is in the settings, in mailed links, in the document and in access tokens; cookies stay where browsers want them', async () => {
    expect((await app.inject(`${expected}/api/1/settings`)).json().service.logo).toBe(`${expected}/logo`)
    expect(gatebook.openApi().servers).toEqual([{ url: publicOrigin + expected }])

    const visit = { accept: 'text/html', 'x-forwarded-method': 'GET', 'x-forwarded-uri': '/orders' }
    const sent = await app.inject({ url: `${expected}/api/1/verify?redirect=1`, headers: visit })
    expect([sent.statusCode, sent.headers.location]).toEqual([302, `${expected}/login?to=%2Forders`])

    const payload = { ...body('ada'), transport: 'cookie' }
    const headers = { origin: publicOrigin }
    const registration = await app.inject({ method: 'POST', url: `${expected}/api/1/register`, headers, payload })
    expect(registration.statusCode).toBe(201)
    expect(String(registration.headers['set-cookie'])).toContain('; Path=/;')
    const { token } = (await app.inject({ method: 'POST', url: `${expected}/api/1/login`, payload: body('ada') })).json()

    const reset = { method: 'POST', url: `${expected}/api/1/password/reset`, payload: { email: payload.email } } as const
    expect((await app.inject(reset)).statusCode).toBe(202)
    await until(() => mails().some((mail) => mail.includes('/reset#')), 'a mail with a link')
    expect(mails().join().replaceAll('=\n', '').replaceAll('=\r\n', '')).toContain(`${publicOrigin}${expected}/reset#`)

    const authorization = `Bearer ${token}`
    const { accessToken } = (await app.inject({ method: 'POST', url: `${expected}/api/1/token`, headers: { authorization } })).json()
    const jwks = async () => (await app.inject(`${expected}/.well-known/jwks.json`)).json()
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
    expect(claims.iss).toBe(publicOrigin + expected)
    const service = Fastify()
    service.get('/', { onRequest: createAccessTokenGuard({ issuer: publicOrigin + expected, audience: claims.aud, jwks }) }, () => 'in')
    expect((await service.inject({ url: '/', headers: { authorization: `Bearer ${accessToken}` } })).payload).toBe('in')
  })
})
