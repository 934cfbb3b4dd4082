import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { problem } from '../../support/server/problem.ts'
import { aStep, failed, mailsTo, mailTo, mustBe, secondFactorIn } from '../../support/server/second-factor.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { telephone } from '../../support/server/telephone.ts'

describe('the development provider', () => {
  test('takes six equal digits, each time step once', async () => {
    const app = await startTestServer({ env: { TOTP_ENABLED: 'false' } })
    const steps = secondFactorIn(app)
    const { token } = await app.register({ email: 'developer@example.org' })
    const elevated = await app.elevated(token)
    await steps.begin(elevated)
    expect(await app.post('/totp/confirm', { code: '123456' }, elevated)).toMatchObject(failed)
    expect((await app.post('/totp/confirm', { code: '000000' }, elevated)).status).toBe(204)
    expect((await app.get('/totp', elevated)).body.mode).toBe('development')
    app.advance(aStep)
    await steps.logInWith('developer@example.org', '777777')
    expect(await steps.answer(await steps.challengeOf('developer@example.org'), '888888')).toMatchObject(failed)
    await app.stop()
  })

  test('cannot be configured in production', () => {
    const production = { NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://login.example.org' }
    expect(isLeft(readConfig(production))).toBe(false)
    expect(readConfig({ ...production, TOTP_ENABLED: 'false' })).toMatchObject({ left: [{ variable: 'TOTP_ENABLED' }] })
  })
})

describe('codes by mail', async () => {
  const { app, steps } = await suiteServer({ env: { OTP_PROVIDER: 'email', SECOND_FACTOR_ROLES: 'treasurer' } })

  const mailedCode = async (email: string, count: number) =>
    /^\d{6}$/m.exec((await mailTo(app.dataDir, email, /^Your code$/, count)).body)?.[0] ?? ''

  /** Confirms with the code in the mail. */
  const byMail = async (email: string) => {
    const { token } = await app.register({ email })
    const elevated = await app.elevated(token)
    const shown = mustBe(200, await app.post('/totp/enroll', undefined, elevated))
    mustBe(204, await app.post('/totp/confirm', { code: await mailedCode(email, 1) }, elevated))
    return { shown, token: elevated }
  }

  test('show no secret when they are set up: whoever had it would need no mailbox', async () => {
    const { shown } = await byMail('secretless@example.org')
    expect(shown).toEqual({ secret: null, uri: null, qr: null, recoveryCodes: expect.any(Array) })
    expect(shown.recoveryCodes).toHaveLength(10)
  })

  test('come with the challenge, and log in within ten minutes, once', async () => {
    const email = 'mailed@example.org'
    await byMail(email)
    app.advance(aStep)
    const challenge = await steps.challengeOf(email)
    const code = await mailedCode(email, 2)
    app.advance(9 * 60_000)
    expect((await steps.answer(challenge, code)).status).toBe(200)
    expect(await steps.answer(await steps.challengeOf(email), code)).toMatchObject(failed)
  })

  test('are too old after that', async () => {
    const email = 'late@example.org'
    await byMail(email)
    app.advance(aStep)
    const challenge = await steps.challengeOf(email)
    const code = await mailedCode(email, 2)
    app.advance(11 * 60_000)
    expect(await steps.answer(challenge, code)).toMatchObject(failed)
  })

  test('are not sent for a wrong password', async () => {
    const email = 'unsent@example.org'
    await byMail(email)
    app.advance(aStep)
    mustBe(401, await steps.password(email, { password: 'not the password' }))
    await steps.challengeOf(email)
    await mailedCode(email, 2)
    expect(mailsTo(app.dataDir, email).filter(({ headers }) => headers.subject === 'Your code')).toHaveLength(2)
  })
})

describe('a provider of one’s own', () => {
  test('brings the codes its own way', async () => {
    const { otpProvider, messages, lastCode } = telephone()
    const app = await startTestServer({ hooks: { otpProvider } })
    const steps = secondFactorIn(app)
    const email = 'texted@example.org'
    const elevated = await app.elevated((await app.register({ email })).token)
    expect((await app.post('/totp/enroll', undefined, elevated)).body).toMatchObject({ secret: null, uri: null, qr: null })
    mustBe(204, await app.post('/totp/confirm', { code: lastCode() }, elevated))
    expect((await app.get('/totp', elevated)).body.mode).toBe('sms')
    app.advance(aStep)
    const challenge = await steps.challengeOf(email)
    expect(messages).toHaveLength(2)
    expect((await steps.answer(challenge, lastCode())).status).toBe(200)
    await app.stop()
  })

  test('that brings nothing is told as a service that is busy, and nobody is let in', async () => {
    const { otpProvider, service } = telephone()
    const app = await startTestServer({ hooks: { otpProvider } })
    const { token } = await app.register({ email: 'undelivered@example.org' })
    const elevated = await app.elevated(token)
    service.isDown = true
    const answer = await app.post('/totp/enroll', undefined, elevated)
    expect(answer).toMatchObject({ status: 503, body: problem('OVERLOADED', { retryAfter: 30 }) })
    await app.stop()
  })
})
