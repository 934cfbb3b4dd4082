import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildServer } from '../../../api/http/server.ts'
import { type ResponseHeaders, responseHeaders, securityHeaders } from '../../../api/protection/security-headers.ts'
import type { ServiceSettings } from '../../../api/shapes/service-settings.ts'
import { problem } from '../../support/server/problem.ts'

const script = 'console.log("the pages")\n'.repeat(200)
const folder = mkdtempSync(join(tmpdir(), 'gatebook-pages-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(
  join(folder, 'index.html'),
  '<!doctype html><html><head><meta name="gatebook-settings" content=""><title>Gatebook</title></head><body></body></html>',
)
writeFileSync(join(folder, 'secret.txt'), 'not an asset')
writeFileSync(join(folder, 'assets', 'index-abc.js'), script)
writeFileSync(join(folder, 'assets', 'index-abc.js.gz'), gzipSync(script))

const settings: ServiceSettings = {
  service: { name: 'Books & "><script>', logo: null, color: null },
  registration: 'open',
  captcha: false,
  password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 1024 },
  secondFactor: { provider: 'totp', recoveryCodes: 'single-use' },
}

const lines: string[] = []
const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })

const open = (general = 0, isBuilt = true, headers = securityHeaders as ResponseHeaders) =>
  buildServer({
    routes: [],
    origins: new Set(['http://localhost:1984']),
    allowedOrigins: [],
    callerAddress: () => '192.0.2.7',
    isBlocked: () => false,
    limits: { general, password: 0 },
    logger,
    headers,
    pages: isBuilt ? { folder, settings } : undefined,
  })

const app = open()
beforeAll(() => app.ready())
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
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
    const secure = open(0, true, responseHeaders('https://login.example.org'))
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
    const limited = open(2)
    const statuses = []
    for (let count = 0; count < 3; count += 1) statuses.push((await limited.inject('/login')).statusCode)
    expect(statuses).toEqual([200, 200, 429])
    await limited.close()
  })

  test('are logged by the pattern of their path', async () => {
    lines.length = 0
    await get('/admin/people/ada%40example.org?email=ada%40example.org')
    expect(lines.map((line) => JSON.parse(line).route)).toEqual(['/admin/*'])
    expect(lines.join()).not.toContain('ada')
  })

  test('that were not built send the start page to the documentation', async () => {
    const bare = open(0, false)
    const { statusCode, headers } = await bare.inject('/')
    expect([statusCode, headers.location]).toEqual([302, '/docs'])
    expect((await bare.inject({ method: 'POST', url: '/' })).statusCode).toBe(404)
    await bare.close()
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
