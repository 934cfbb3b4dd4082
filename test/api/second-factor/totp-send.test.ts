import { describe, expect, test } from 'vitest'
import { streams } from '../../../application/journal/streams.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import { problem } from '../../support/server/problem.ts'
import { aStep, madeUp, mustBe, secondFactorIn } from '../../support/server/second-factor.ts'
import { startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { telephone } from '../../support/server/telephone.ts'

const quarter = 15 * 60_000
const notFound = { status: 404, body: problem('NOT_FOUND') }

describe('codes that are sent', async () => {
  let now = Date.now()
  const { otpProvider, service, messages, lastCode } = telephone()
  const wait = (milliseconds: number) => {
    now += milliseconds
  }
  const { app, steps } = await suiteServer({ env: { SECOND_FACTOR_ROLES: 'treasurer' }, hooks: { otpProvider, wall: () => now } })

  const send = (token?: string) => app.post('/totp/send', undefined, token)
  const sendFor = (challenge: string) => app.post('/login/otp/send', { challenge })
  const tooMany = (seconds: number) => ({
    status: 429,
    body: problem('RATE_LIMITED', { retryAfter: seconds }),
    headers: { 'retry-after': String(seconds) },
  })
  const begun = async (email: string) => {
    const elevated = await app.elevated((await app.register({ email })).token)
    return { token: elevated, ...mustBe(200, await app.post('/totp/enroll', undefined, elevated)) }
  }
  /** A person with a second factor to whom a code may be sent at once. */
  const somebody = async (email: string) => {
    const who = await begun(email)
    mustBe(204, await app.post('/totp/confirm', { code: lastCode() }, who.token))
    wait(aStep)
    return who
  }

  describe('POST /totp/send', () => {
    test('asks for a session', async () => {
      expect(await send()).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    })

    test('is refused where nothing was begun', async () => {
      const { token } = await app.register({ email: 'nothing@example.org' })
      expect(await send(token)).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
    })

    test('sends a code to elevate with, one for new recovery codes, and one to disable with', async () => {
      const { token } = await somebody('does-it-all@example.org')
      expect(await send(token)).toMatchObject({ status: 202, text: '' })
      const elevated = mustBe(200, await app.post('/session/elevate', { code: lastCode() }, token)).token
      wait(aStep)
      mustBe(202, await send(elevated))
      mustBe(200, await app.post('/totp/recovery-codes', { code: lastCode() }, elevated))
      wait(aStep)
      mustBe(202, await send(elevated))
      mustBe(204, await app.post('/totp/disable', { code: lastCode() }, elevated))
    })

    test('sends the code of an enrolment again', async () => {
      const { token } = await begun('lost-the-first@example.org')
      const first = lastCode()
      wait(aStep)
      mustBe(202, await send(token))
      expect(lastCode()).not.toBe(first)
      mustBe(204, await app.post('/totp/confirm', { code: lastCode() }, token))
    })

    test('sends one in half a minute and five in a quarter of an hour, and tells how long to wait', async () => {
      const { token } = await somebody('stolen-session@example.org')
      wait(quarter)
      const before = messages.length
      for (let n = 0; n < 4; n += 1) {
        mustBe(202, await send(token))
        expect(await send(token)).toMatchObject(tooMany(30))
        wait(aStep)
      }
      mustBe(202, await send(token))
      wait(aStep)
      expect(await send(token)).toMatchObject(tooMany((quarter - 5 * aStep) / 1000))
      expect(messages.length - before).toBe(5)
      wait(quarter - 5 * aStep)
      mustBe(202, await send(token))
    })

    test('sends one to fifty who ask at once', async () => {
      const { token } = await somebody('at-once@example.org')
      const before = messages.length
      const answers = await Promise.all(Array.from({ length: 50 }, () => send(token)))
      expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
      expect(messages.length - before).toBe(1)
    })

    test('sends none while codes are locked, and says so', async () => {
      const { token } = await somebody('locked@example.org')
      const challenge = await steps.challengeOf('locked@example.org')
      for (let n = 0; n < 5; n += 1) await steps.answer(challenge, madeUp)
      expect(await send(token)).toMatchObject({ status: 429, body: problem('LOCKED_OUT', { retryAfter: 60 }) })
    })

    test('counts what went out with enrolments too; one that may send nothing is not begun, and the one before stays', async () => {
      const { token } = await begun('enrols-again@example.org')
      const code = lastCode()
      expect(await app.post('/totp/enroll', undefined, token)).toMatchObject(tooMany(30))
      mustBe(204, await app.post('/totp/confirm', { code }, token))
    })

    test('has nothing to send for an authenticator', async () => {
      const other = await startTestServer()
      const { token, email } = await secondFactorIn(other).somebody('authenticator@example.org')
      const challenge = await secondFactorIn(other).challengeOf(email)
      expect(await other.post('/totp/send', undefined, token)).toMatchObject(notFound)
      expect(await other.post('/login/otp/send', { challenge })).toMatchObject(notFound)
      await other.stop()
    })
  })

  describe('POST /login/otp/send', () => {
    test('sends another code for the challenge, which is open as before', async () => {
      const { email } = { email: 'another@example.org', ...(await somebody('another@example.org')) }
      const challenge = await steps.challengeOf(email)
      const first = lastCode()
      expect(await sendFor(challenge)).toMatchObject(tooMany(30))
      wait(aStep)
      expect(await sendFor(challenge)).toMatchObject({ status: 202, text: '' })
      expect(lastCode()).not.toBe(first)
      expect((await steps.answer(challenge, lastCode())).status).toBe(200)
      wait(aStep)
      expect(await sendFor(challenge)).toMatchObject({ status: 401, body: problem('SECOND_FACTOR_FAILED') })
    })

    test('sends nothing for what is no challenge', async () => {
      const before = messages.length
      const { accountId } = await app.register({ email: 'no-challenge@example.org' })
      for (const challenge of ['made up', `${accountId}.${'A'.repeat(43)}`]) {
        expect(await sendFor(challenge)).toMatchObject({ status: 401, body: problem('SECOND_FACTOR_FAILED') })
      }
      expect(messages).toHaveLength(before)
    })

    test('sends the code of an enrolment that a role asks for', async () => {
      const email = 'treasurer@example.org'
      const { accountId } = await app.register({ email })
      const deps = app.gatebook.ports
      const metadata = { actor: 'system', correlationId: deps.journal.newId(), causationId: null }
      await deps.journal.decide(
        streams.account(accountId as AccountId),
        { type: 'grantRole', role: 'treasurer', at: deps.journal.now() },
        metadata,
      )()
      const { challenge } = mustBe(200, await steps.password(email))
      expect(await sendFor(challenge)).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
      mustBe(200, await app.post('/login/enroll', { challenge }))
      wait(aStep)
      mustBe(202, await sendFor(challenge))
      mustBe(200, await app.post('/login/enroll/confirm', { challenge, code: lastCode(), transport: 'bearer' }))
    })
  })

  describe('a log-in', () => {
    test('sends five codes in a quarter of an hour at most; every challenge is still good', async () => {
      const email = 'flooded@example.org'
      const { recoveryCodes } = await somebody(email)
      wait(quarter)
      const before = messages.length
      const challenges: string[] = []
      for (let n = 0; n < 8; n += 1) {
        challenges.push(await steps.challengeOf(email), await steps.challengeOf(email))
        wait(aStep)
      }
      expect(messages.length - before).toBe(5)
      expect((await steps.answer(challenges.at(-1) ?? '', recoveryCodes[0])).status).toBe(200)
    })

    test('goes on where no code can be delivered: with a recovery code, or with another when the service is back', async () => {
      const email = 'undelivered@example.org'
      const { recoveryCodes } = await somebody(email)
      service.isDown = true
      const challenge = await steps.challengeOf(email)
      wait(aStep)
      expect(await sendFor(challenge)).toMatchObject({ status: 503, body: problem('OVERLOADED', { retryAfter: 30 }) })
      service.isDown = false
      wait(aStep)
      const other = await steps.challengeOf(email)
      expect((await steps.answer(challenge, recoveryCodes[0])).status).toBe(200)
      expect((await steps.answer(other, lastCode())).status).toBe(200)
    })
  })
})
