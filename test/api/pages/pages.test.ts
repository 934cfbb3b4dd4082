import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { responseHeaders } from '../../../api/protection/security-headers.ts'
import { problem } from '../../support/server/problem.ts'
import { builtPages, script, settings } from './built-pages.ts'

const { open, lines, remove } = builtPages()
const app = open()
beforeAll(() => app.ready())
afterAll(async () => {
  await app.close()
  remove()
})

const get = (url: string, headers = {}) => app.inject({ url, headers })

describe('the pages', () => {
  test.each([
    '/',
    '/login',
    '/login?to=/account',
    '/setup',
    '/register',
    '/reset',
    '/email',
    '/invitation',
    '/account',
    '/account/security',
    '/admin/people/01a2237f-3a7d-758f-af71-cd8100be0297',
  ])('%s is the one document', async (url) => {
    const { statusCode, headers, body } = await get(url)
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-store'])
    expect(body).toContain('<!doctype html>')
  })

  test('have a policy without anything inline or from elsewhere, and send no address along', async () => {
    const { headers } = await get('/login')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
  })

  test('keep browsers on https, where the service is', async () => {
    const secure = open({ headers: responseHeaders('https://login.example.org') })
    expect((await secure.inject('/login')).headers['strict-transport-security']).toBe('max-age=31536000')
    await secure.close()
  })

  test('hold the settings as text, whatever the name of the service is', async () => {
    const { body } = await get('/')
    expect(body).toContain('<title>Books &amp; &quot;&gt;&lt;script&gt;</title>')
    expect(body).not.toContain('<script>')
    const content = /name="gatebook-settings" content="([^"]*)"/.exec(body)?.[1] ?? ''
    expect(JSON.parse(content.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))).toEqual(
      settings,
    )
  })

  test('answer HEAD, and nothing but GET and HEAD', async () => {
    expect((await app.inject({ method: 'HEAD', url: '/login' })).statusCode).toBe(200)
    expect((await app.inject({ method: 'POST', url: '/login' })).json()).toEqual(problem('NOT_FOUND'))
  })

  test('are where browsers look for the change of a password', async () => {
    const { statusCode, headers } = await get('/.well-known/change-password')
    expect([statusCode, headers.location]).toEqual([302, '/account/security'])
  })

  test('count against the limit of the address', async () => {
    const limited = open({ limits: { general: 2, password: 0 } })
    const statuses = []
    for (let count = 0; count < 3; count += 1) statuses.push((await limited.inject('/login')).statusCode)
    expect(statuses).toEqual([200, 200, 429])
    await limited.close()
  })

  test('are logged by the pattern of their path', async () => {
    lines.length = 0
    await get('/admin/people/ada%40example.org?email=ada%40example.org')
    expect(lines.map((line) => JSON.parse(line).route)).toEqual(['/admin/*'])
    expect(lines.join()).not.toMatch(/ada(@|%40)|example\.org/)
  })

  test('that were not built send the start page to the documentation', async () => {
    const bare = open({ pages: undefined })
    const { statusCode, headers } = await bare.inject('/')
    expect([statusCode, headers.location]).toEqual([302, '/docs'])
    expect((await bare.inject({ method: 'POST', url: '/' })).statusCode).toBe(404)
    await bare.close()
  })
})

describe('pages at another name of this machine', () => {
  const locationAt = async (origin: string, host: string, url = '/email?from=mail', method: 'GET' | 'HEAD' = 'GET') => {
    const server = open({ origin })
    const { statusCode, headers } = await server.inject({ method, url, headers: { host } })
    await server.close()
    return statusCode === 302 ? headers.location : statusCode
  }

  test.each([
    ['http://localhost:1984', '127.0.0.1:1984'],
    ['http://localhost:1984', '[::1]:1984'],
    ['http://127.0.0.1:1984', 'localhost:1984'],
    ['http://[::1]:1984', 'localhost:1984'],
    ['http://localhost', '127.0.0.1'],
  ])('lead to the one of the service, %s, from %s', async (origin, host) => {
    expect(await locationAt(origin, host)).toBe(`${origin}/email?from=mail`)
    expect(await locationAt(origin, host, '/login', 'HEAD')).toBe(`${origin}/login`)
    expect(await locationAt(origin, host, '//example.org/login')).toBe(404)
    expect(await locationAt(origin, host, '/assets/index-abc.js')).toBe(200)
  })

  test.each([
    ['http://localhost:1984', 'localhost:1984'],
    ['http://localhost:1984', '127.0.0.1:8080'],
    ['http://localhost:1984', '127.0.0.1'],
    ['http://localhost:1984', 'login.example.org:1984'],
    ['http://localhost:1984', '127.0.0.1:1984@example.org'],
    ['https://localhost:1984', '127.0.0.1:1984'],
    ['https://login.example.org', '127.0.0.1'],
    ['http://login.example.org:1984', '127.0.0.1:1984'],
  ])('are shown where that is no other way to %s: %s', async (origin, host) => {
    expect(await locationAt(origin, host)).toBe(200)
  })
})

describe('their assets', () => {
  test('are kept for ever, and sent as they were compressed', async () => {
    const plain = await get('/assets/index-abc.js')
    expect(plain.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' })
    expect([plain.statusCode, plain.body, plain.headers['content-encoding']]).toEqual([200, script, undefined])
    const packed = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip' })
    expect([packed.headers['content-encoding'], packed.rawPayload.equals(gzipSync(script))]).toEqual(['gzip', true])
  })

  test.each([
    '/assets/none.js',
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/',
    '/secret.txt',
  ])('%s is not one', async (url) => {
    const { statusCode, body } = await get(url)
    expect([statusCode, body.includes('not an asset')]).toEqual([404, false])
    expect(JSON.parse(body)).toEqual(problem('NOT_FOUND'))
  })
})
