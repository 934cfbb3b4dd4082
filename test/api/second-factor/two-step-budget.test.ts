import { describe, expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { failed, madeUp, secondFactorIn, wrongCode } from '../../support/server/second-factor.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

describe('the budget of codes', async () => {
  const { app, steps } = await suiteServer({ env: { MAX_OTP_ATTEMPTS: '4', OTP_LOCKOUT_SECONDS: '90' } })

  const lockedFor = (seconds: number) => ({
    status: 429,
    body: problem('LOCKED_OUT', { retryAfter: seconds }),
    headers: { 'retry-after': String(seconds) },
  })

  test('is one for every challenge and both kinds of code; a right password does not fill it', async () => {
    const { email, secret, token, recoveryCodes } = await steps.somebody('budget@example.org')
    expect(await steps.answer(await steps.challengeOf(email), wrongCode(steps.codeOf(secret)))).toMatchObject(failed)
    for (let n = 0; n < 2; n += 1) expect(await steps.answer(await steps.challengeOf(email), madeUp)).toMatchObject(failed)
    const challenge = await steps.challengeOf(email)
    expect(await steps.answer(challenge, madeUp)).toMatchObject(failed)
    const fresh = await steps.challengeOf(email)
    for (const code of [steps.freshCode(secret), recoveryCodes[0] ?? '', madeUp]) {
      const answer = await steps.answer(fresh, code)
      expect(answer.status).toBe(429)
      expect(answer.body.retryAfter).toBeGreaterThan(0)
      expect(answer.body.retryAfter).toBeLessThanOrEqual(90)
      expect(answer.headers['retry-after']).toBe(String(answer.body.retryAfter))
    }
    expect((await app.post('/session/elevate', { code: recoveryCodes[1] }, token)).status).toBe(200)
    app.advance(91_000)
    expect((await steps.answer(fresh, steps.codeOf(secret))).status).toBe(200)
  })

  test('of a session is its own: five wrong codes end it, and lock nobody out', async () => {
    const { email, secret, token } = await steps.somebody('own-budget@example.org')
    const paths = ['/session/elevate', '/totp/disable', '/totp/recovery-codes', '/session/elevate', '/totp/disable']
    for (const path of paths) expect(await app.post(path, { code: madeUp }, token), path).toMatchObject(failed)
    expect(await app.get('/session', token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect((await steps.answer(await steps.challengeOf(email), steps.freshCode(secret))).status).toBe(200)
  })

  test('leaves what is no code alone, and takes blanks and dashes in one', async () => {
    const { email, secret } = await steps.somebody('blanks@example.org')
    const challenge = await steps.challengeOf(email)
    for (let n = 0; n < 6; n += 1)
      expect(await steps.answer(challenge, 'what you see is no code')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    const code = steps.freshCode(secret)
    expect((await steps.answer(challenge, ` ${code.slice(0, 3)}-${code.slice(3)} `)).status).toBe(200)
  })

  test('tells the whole seconds that are left, and no more', async () => {
    const at = Date.now()
    const still = await startTestServer({ env: { MAX_OTP_ATTEMPTS: '4', OTP_LOCKOUT_SECONDS: '90' }, hooks: { wall: () => at } })
    const there = secondFactorIn(still)
    const { email } = await there.somebody('seconds@example.org')
    const challenge = await there.challengeOf(email)
    for (let n = 0; n < 4; n += 1) expect(await there.answer(challenge, madeUp)).toMatchObject(failed)
    expect(await there.answer(challenge, madeUp)).toMatchObject(lockedFor(90))
    await still.stop()
  })

  test('is full again after a right code', async () => {
    const { email, recoveryCodes } = await steps.somebody('forgiven@example.org')
    for (const code of recoveryCodes.slice(0, 3)) {
      const challenge = await steps.challengeOf(email)
      for (let n = 0; n < 3; n += 1) expect(await steps.answer(challenge, madeUp)).toMatchObject(failed)
      expect((await steps.answer(challenge, code)).status).toBe(200)
    }
  })

  test('holds while a factor is enrolled: a second enrolment does not fill it', async () => {
    const { token } = await app.register({ email: 'enrolling@example.org' })
    const elevated = await app.elevated(token)
    for (let n = 0; n < 4; n += 1) {
      await steps.begin(elevated)
      expect(await app.post('/totp/confirm', { code: madeUp }, elevated)).toMatchObject(failed)
    }
    await steps.begin(elevated)
    expect(await app.post('/totp/confirm', { code: madeUp }, elevated)).toMatchObject(failed)
    expect((await app.get('/session', elevated)).status).toBe(401)
  })
})
