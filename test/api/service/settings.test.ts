import { afterAll, describe, expect, test } from 'vitest'
import { logoFiles, svg } from '../../support/logo-files.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'

const files = logoFiles()
afterAll(files.remove)

const withServer = async <A>(env: Record<string, string>, use: (app: Awaited<ReturnType<typeof startTestServer>>) => Promise<A>) => {
  const app = await startTestServer({ env })
  try {
    return await use(app)
  } finally {
    await app.stop()
  }
}

const settingsWith = (env: Record<string, string>) => withServer(env, async (app) => (await app.get('/settings')).body)

describe('the settings', () => {
  test('tell anybody what a page must know', async () => {
    expect(await settingsWith({})).toEqual({
      service: { name: 'Gatebook', logo: null, color: null },
      registration: 'open',
      captcha: false,
      password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 1024 },
      secondFactor: { provider: 'totp', recoveryCodes: 'single-use' },
    })
  })

  test('follow the configuration', async () => {
    const env = {
      SERVICE_NAME: 'Lighthouse: Ö',
      TOTP_ISSUER: 'Harbor',
      BRAND_COLOR: '#0A7f5c',
      BRAND_LOGO: files.write('logo', svg),
      REGISTRATION: 'closed',
      SECOND_FACTOR_ROLES: '*',
      OTP_PROVIDER: 'email',
      RECOVERY_CODES: 'jump-ahead',
    }
    expect(await settingsWith(env)).toEqual({
      service: { name: 'Lighthouse: Ö', logo: '/logo', color: '#0A7f5c' },
      registration: 'closed',
      captcha: false,
      password: { minLength: 8, minLengthWithSecondFactor: 8, maxLength: 1024 },
      secondFactor: { provider: 'email', recoveryCodes: 'jump-ahead' },
    })
    expect((await settingsWith({ TOTP_ISSUER: 'Harbor' })).service.name).toBe('Harbor')
    expect((await settingsWith({ TOTP_ENABLED: 'false' })).secondFactor.provider).toBe('development')
  })

  test('refuse a password with either name of the service in it', () =>
    withServer({ SERVICE_NAME: 'Lighthouse', TOTP_ISSUER: 'Harborside' }, async (app) => {
      for (const password of ['my lighthouse is far away', 'my harborside is far away'])
        expect((await app.post('/register', { email: 'ada@example.org', password, transport: 'bearer' })).body.code).toBe(
          'PASSWORD_REJECTED',
        )
    }))
})

describe('the logo', () => {
  test('is not there without one', () => withServer({}, async ({ app }) => expect((await app.inject('/logo')).statusCode).toBe(404)))

  test('is served to anybody, runs nothing, and is kept for an hour', () =>
    withServer({ BRAND_LOGO: files.write('script.svg', svg) }, async ({ app }) => {
      const { statusCode, headers, payload } = await app.inject({ url: '/logo', headers: { origin: 'https://elsewhere.example' } })
      expect([statusCode, payload]).toEqual([200, svg])
      expect(headers).toMatchObject({
        'content-type': 'image/svg+xml',
        'content-length': String(Buffer.byteLength(svg)),
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=3600',
      })
      expect(headers['set-cookie']).toBeUndefined()
    }))

  test('is not sent again to who has it', () =>
    withServer({ BRAND_LOGO: files.write('known.svg', svg) }, async ({ app }) => {
      const etag = String((await app.inject('/logo')).headers.etag)
      expect(etag).toMatch(/^"[\w-]{27}"$/)
      const asking = (known: string) => app.inject({ url: '/logo', headers: { 'if-none-match': known } })
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await asking(known)
        expect([answer.statusCode, answer.payload, answer.headers.etag]).toEqual([304, '', etag])
        expect(answer.headers['cache-control']).toBe('public, max-age=3600')
      }
      expect((await asking('"other"')).statusCode).toBe(200)
    }))

  test('keeps the service from starting if it is none', async () => {
    const failure = await startTestServer({ env: { BRAND_LOGO: files.write('page.svg', '<html></html>') } }).catch((error) => error.failure)
    expect(failure).toEqual({
      type: 'no_logo',
      detail: 'BRAND_LOGO: expected an SVG, PNG or WebP file of at most 256 kB, its content is something else',
    })
  })
})
