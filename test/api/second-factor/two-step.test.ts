import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { responseBytes } from '../../support/server/response-bytes.ts'
import { failed, mustBe, secondFactorIn, wrongCode } from '../../support/server/second-factor.ts'
import { aSession, cookieOf } from '../../support/server/shapes.ts'
import { origin, startTestServer } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

describe('a log-in in two steps', async () => {
  const { app, steps } = await suiteServer()

  const twoFactors = { ...aSession, factors: ['pwd', 'otp'] }

  test('begins with a challenge and nothing else: no token, no cookie, no session', async () => {
    const { email, token } = await steps.somebody('first-step@example.org')
    const before = (await app.get('/sessions', token)).body.sessions.length
    for (const transport of ['bearer', 'cookie']) {
      const answer = await app.send({ method: 'POST', path: '/login', body: { ...person, email, transport }, origin })
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        status: 'second_factor_required',
        challenge: expect.any(String),
        methods: ['totp', 'recovery_code'],
      })
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect((await app.get('/secure/user', answer.body.challenge)).status).toBe(401)
    }
    expect((await app.get('/sessions', token)).body.sessions).toHaveLength(before)
  })

  test('ends with a code, for a Bearer client with tokens in the body', async () => {
    const { email, secret, accountId } = await steps.somebody('bearer@example.org')
    const answer = await steps.answer(await steps.challengeOf(email), steps.freshCode(secret))
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).toEqual({
      status: 'authenticated',
      accountId,
      session: twoFactors,
      token: expect.any(String),
      refreshToken: expect.any(String),
    })
    expect((await app.get('/session', answer.body.token)).body.session.factors).toEqual(['pwd', 'otp'])
  })

  test('for a browser with a cookie, and no token in the body; it needs an origin of ours', async () => {
    const { email, secret, accountId } = await steps.somebody('cookie@example.org')
    const challenge = await steps.challengeOf(email)
    const code = steps.freshCode(secret)
    const send = (from?: string) => app.send({ method: 'POST', path: '/login/otp', body: { challenge, code }, origin: from })
    for (const from of [undefined, 'https://elsewhere.example']) {
      expect(await send(from)).toMatchObject({ status: 403, body: problem('ORIGIN_REJECTED') })
    }
    const answer = await send(origin)
    expect(answer.body).toEqual({ status: 'authenticated', accountId, session: twoFactors })
    expect((await app.send({ method: 'GET', path: '/secure/user', cookie: cookieOf(answer).token })).status).toBe(200)
  })

  test('or with a recovery code, however it is typed, once', async () => {
    const { email, recoveryCodes } = await steps.somebody('recovery@example.org')
    const code = recoveryCodes[6] ?? ''
    await steps.logInWith(email, ` ${code.toLowerCase().replaceAll('-', ' ')}`)
    expect(await steps.answer(await steps.challengeOf(email), code)).toMatchObject(failed)
  })

  test('every failure is the same, octet by octet', async () => {
    const { email, secret, recoveryCodes, accountId } = await steps.somebody('alike@example.org')
    const used = steps.freshCode(secret)
    const answered = await steps.challengeOf(email)
    mustBe(200, await steps.answer(answered, used))
    await steps.logInWith(email, recoveryCodes[0] ?? '')
    const open = await steps.challengeOf(email)
    const fresh = steps.freshCode(secret)
    const failures = {
      'a code that was used': await steps.answer(open, used),
      'a recovery code that was used': await steps.answer(open, recoveryCodes[0] ?? ''),
      'a wrong code': await steps.answer(open, wrongCode(fresh)),
      'a challenge that was answered': await steps.answer(answered, fresh),
      'a challenge that nobody was given': await steps.answer(`${accountId}.${'A'.repeat(43)}`, fresh),
      'a challenge of nobody': await steps.answer('01970000-0000-7000-8000-00000000000a.x', fresh),
      'no challenge at all': await steps.answer('nothing of the kind', fresh),
    }
    for (const [what, answer] of Object.entries(failures)) {
      expect(answer, what).toMatchObject(failed)
      expect(responseBytes(answer), what).toBe(responseBytes(failures['a wrong code']))
    }
    expect((await steps.answer(open, fresh)).status).toBe(200)
  })

  test('a code is good once, for whatever it is asked, and none before it is good after it', async () => {
    const { email, secret, token } = await steps.somebody('order@example.org')
    app.advance(90_000)
    const [earlier, now] = [steps.codeOf(secret, -1), steps.codeOf(secret)]
    await steps.logInWith(email, now)
    const challenge = await steps.challengeOf(email)
    expect(await steps.answer(challenge, earlier)).toMatchObject(failed)
    expect(await app.post('/session/elevate', { code: now }, token)).toMatchObject(failed)
    expect((await steps.answer(challenge, steps.codeOf(secret, 1))).status).toBe(200)
  })

  test('a code is good one step to either side, and no further', async () => {
    const { email, secret } = await steps.somebody('window@example.org')
    app.advance(300_000)
    const challenge = await steps.challengeOf(email)
    expect(await steps.answer(challenge, steps.codeOf(secret, -3))).toMatchObject(failed)
    expect(await steps.answer(challenge, steps.codeOf(secret, 3))).toMatchObject(failed)
    expect((await steps.answer(challenge, steps.codeOf(secret, -1))).status).toBe(200)
  })

  describe('the challenge', () => {
    test('has no time limit of its own, and is good for one session', async () => {
      const { email, secret } = await steps.somebody('patient@example.org')
      const challenge = await steps.challengeOf(email)
      app.advance(10 * 86_400_000)
      expect((await steps.answer(challenge, steps.freshCode(secret))).status).toBe(200)
      expect(await steps.answer(challenge, steps.freshCode(secret))).toMatchObject(failed)
    })

    test('is for its account: a right code of somebody else is a wrong one', async () => {
      const one = await steps.somebody('one@example.org')
      const other = await steps.somebody('other@example.org')
      expect(await steps.answer(await steps.challengeOf(one.email), steps.freshCode(other.secret))).toMatchObject(failed)
    })

    test('can be answered after a restart; one that was answered cannot', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-restart-'))
      const before = await startTestServer({ dataDir })
      const earlier = secondFactorIn(before)
      const { email, secret, recoveryCodes } = await earlier.somebody('restarted@example.org')
      const answered = await earlier.challengeOf(email)
      mustBe(200, await earlier.answer(answered, recoveryCodes[0] ?? ''))
      const open = await earlier.challengeOf(email)
      await before.stop()
      const after = await startTestServer({ dataDir })
      const later = secondFactorIn(after)
      after.advance(60_000)
      expect(await later.answer(answered, later.codeOf(secret))).toMatchObject(failed)
      expect(await later.answer(open, recoveryCodes[0] ?? '')).toMatchObject(failed)
      expect((await later.answer(open, later.codeOf(secret))).status).toBe(200)
      await after.stop()
      rmSync(dataDir, { recursive: true })
    })
  })
})
