import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isInstalled } from '../../support/installed.ts'
import { problem } from '../../support/server/problem.ts'
import { failed, mailTo, mustBe, wrongCode } from '../../support/server/second-factor.ts'
import { cookieOf } from '../../support/server/shapes.ts'
import { origin } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

describe('enrolment of a second factor', async () => {
  const { app, steps } = await suiteServer()

  const standing = async (token: string) => mustBe(200, await app.get('/totp', token))

  describe('POST /totp/enroll', () => {
    test('asks for a session, and for an elevated one', async () => {
      expect(await app.post('/totp/enroll')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
      const { token } = await app.register({ email: 'plain@example.org' })
      expect(await app.post('/totp/enroll', undefined, token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    })

    test('shows secret, address, picture and ten recovery codes, and is not to be kept by any cache', async () => {
      const { token } = await app.register({ email: 'shown@example.org' })
      const answer = await app.post('/totp/enroll', undefined, await app.elevated(token))
      expect(answer.status).toBe(200)
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(Object.keys(answer.body).sort()).toEqual(['qr', 'recoveryCodes', 'secret', 'uri'])
      expect(answer.body.secret).toMatch(/^[A-Z2-7]{32}$/)
      const uri = new URL(answer.body.uri)
      expect(`${uri.protocol}//${uri.host}`).toBe('otpauth://totp')
      expect(decodeURIComponent(uri.pathname)).toBe('/Gatebook:shown@example.org')
      expect(uri.searchParams.get('secret')).toBe(answer.body.secret)
      expect(answer.body.qr).toMatch(/^data:image\/svg\+xml;base64,/)
      expect(new Set(answer.body.recoveryCodes).size).toBe(10)
      for (const code of answer.body.recoveryCodes) expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]$/)
    })

    test.skipIf(!isInstalled('zbarimg', 'rsvg-convert'))('draws a picture that a scanner reads as the address', async () => {
      const { token } = await app.register({ email: 'scanned@example.org' })
      const { uri, qr } = await steps.begin(await app.elevated(token))
      const folder = mkdtempSync(join(tmpdir(), 'gatebook-qr-'))
      try {
        writeFileSync(join(folder, 'qr.svg'), Buffer.from(qr.slice(qr.indexOf(',') + 1), 'base64'))
        execFileSync('rsvg-convert', ['-w', '600', '-b', 'white', '-o', join(folder, 'qr.png'), join(folder, 'qr.svg')])
        const read = execFileSync('zbarimg', ['--quiet', '--raw', join(folder, 'qr.png')], { encoding: 'utf8' })
        expect(read.trim()).toBe(uri)
      } finally {
        rmSync(folder, { recursive: true })
      }
    })

    test('changes nothing until it is confirmed: the password alone still logs in', async () => {
      const { token } = await app.register({ email: 'inert@example.org' })
      await steps.begin(await app.elevated(token))
      expect((await steps.password('inert@example.org')).body.status).toBe('authenticated')
    })

    test('a second time voids the first secret', async () => {
      const { token } = await app.register({ email: 'twice@example.org' })
      const elevated = await app.elevated(token)
      const first = await steps.begin(elevated)
      const second = await steps.begin(elevated)
      expect(second.secret).not.toBe(first.secret)
      expect(await app.post('/totp/confirm', { code: steps.codeOf(first.secret) }, elevated)).toMatchObject(failed)
      expect((await app.post('/totp/confirm', { code: steps.codeOf(second.secret) }, elevated)).status).toBe(204)
    })

    test('is refused where there is one, whatever the elevation', async () => {
      const { token } = await steps.somebody('already@example.org')
      expect(await app.post('/totp/enroll', undefined, token)).toMatchObject({ status: 409, body: problem('ALREADY_ENROLLED') })
    })
  })

  describe('POST /totp/confirm', () => {
    test('ends the other sessions and leaves the own one with its token', async () => {
      const { token } = await app.register({ email: 'others@example.org' })
      const other = await app.logIn({ email: 'others@example.org' })
      const { token: own } = await steps.enrol(token)
      expect((await app.get('/secure/user', own)).status).toBe(200)
      expect(await app.get('/secure/user', other.token)).toMatchObject({ status: 401 })
      expect(await app.post('/session/refresh', { refreshToken: other.refreshToken })).toMatchObject({ status: 401 })
    })

    test('works in a browser with its cookie, which stays as it is', async () => {
      const browser = await app.send({
        method: 'POST',
        path: '/register',
        body: { email: 'browser@example.org', password: 'a long enough passphrase' },
        origin,
      })
      const send = (path: string, cookie: string, body?: object) => app.send({ method: 'POST', path, body, cookie, origin })
      const elevated = cookieOf(await send('/session/elevate', cookieOf(browser).token, { password: 'a long enough passphrase' })).token
      const { secret } = mustBe(200, await send('/totp/enroll', elevated))
      const confirmed = await send('/totp/confirm', elevated, { code: steps.codeOf(secret) })
      expect(confirmed.status).toBe(204)
      expect(confirmed.headers['set-cookie']).toBeUndefined()
      expect((await app.send({ method: 'GET', path: '/totp', cookie: elevated })).body.enrolled).toBe(true)
    })

    test('takes no recovery code: the authenticator is what is proved', async () => {
      const { token } = await app.register({ email: 'proof@example.org' })
      const elevated = await app.elevated(token)
      const { recoveryCodes } = await steps.begin(elevated)
      expect(await app.post('/totp/confirm', { code: recoveryCodes[0] }, elevated)).toMatchObject(failed)
      expect((await standing(elevated)).enrolled).toBe(false)
    })

    test('is refused where nothing was begun, and where it is done', async () => {
      const { token } = await app.register({ email: 'nothing@example.org' })
      expect(await app.post('/totp/confirm', { code: '123456' }, token)).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
      const enrolled = await steps.enrol(token)
      const again = await app.post('/totp/confirm', { code: steps.freshCode(enrolled.secret) }, enrolled.token)
      expect(again).toMatchObject({ status: 409, body: problem('ALREADY_ENROLLED') })
    })

    test('a wrong code leaves everything as it was, the other sessions too', async () => {
      const { token } = await app.register({ email: 'mistyped@example.org' })
      const other = await app.logIn({ email: 'mistyped@example.org' })
      const elevated = await app.elevated(token)
      const { secret } = await steps.begin(elevated)
      expect(await app.post('/totp/confirm', { code: wrongCode(steps.codeOf(secret)) }, elevated)).toMatchObject(failed)
      expect((await app.get('/secure/user', other.token)).status).toBe(200)
      expect((await steps.password('mistyped@example.org')).body.status).toBe('authenticated')
    })

    test('tells the owner by mail', async () => {
      await steps.somebody('told@example.org')
      expect((await mailTo(app.dataDir, 'told@example.org', /second factor was added/)).body).toContain('added to your account')
    })
  })
})
