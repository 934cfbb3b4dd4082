import { describe, expect, test } from 'vitest'
import { problem } from '../../support/server/problem.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { failed, mailsTo, mailTo, mustBe, wrongCode } from '../../support/server/second-factor.ts'
import { aTime } from '../../support/server/shapes.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

describe('the second factor', async () => {
  const { app, steps } = await suiteServer()

  const standing = async (token: string) => mustBe(200, await app.get('/totp', token))

  describe('GET /totp', () => {
    test('tells how it stands, and no secret', async () => {
      const { token } = await app.register({ email: 'standing@example.org' })
      expect(await standing(token)).toEqual({ enrolled: false, confirmedAt: null, recoveryCodesLeft: 0, mode: 'totp', required: false })
      const enrolled = await steps.enrol(token)
      const after = await standing(enrolled.token)
      expect(after).toEqual({ enrolled: true, confirmedAt: aTime, recoveryCodesLeft: 10, mode: 'totp', required: false })
    })

    test('counts the recovery codes that are left', async () => {
      const { email, recoveryCodes } = await steps.somebody('counted@example.org')
      await steps.logInWith(email, recoveryCodes[3] ?? '')
      const { token } = await steps.logInWith(email, recoveryCodes[0] ?? '')
      expect((await standing(token)).recoveryCodesLeft).toBe(8)
    })
  })

  describe('POST /totp/disable', () => {
    test('takes a code, and then the password alone logs in; other sessions end, the own one stays', async () => {
      const { email, secret, token } = await steps.somebody('off@example.org')
      const other = await steps.logInWith(email, steps.freshCode(secret))
      expect((await app.post('/totp/disable', { code: steps.freshCode(secret) }, token)).status).toBe(204)
      expect((await standing(token)).enrolled).toBe(false)
      expect((await app.get('/secure/user', other.token)).status).toBe(401)
      expect((await steps.password(email)).body.status).toBe('authenticated')
      expect((await mailTo(app.dataDir, email, /removed/)).body).toContain('removed')
    })

    test('takes a recovery code', async () => {
      const { token, recoveryCodes } = await steps.somebody('off-by-recovery@example.org')
      expect((await app.post('/totp/disable', { code: recoveryCodes[9] }, token)).status).toBe(204)
    })

    test('is not to be had for an elevated session, nor for a code that was used', async () => {
      const { secret, token } = await steps.somebody('stays@example.org')
      expect(await app.post('/totp/disable', {}, token)).toMatchObject({ status: 400 })
      const code = steps.freshCode(secret)
      mustBe(200, await app.post('/session/elevate', { code }, token))
      const { token: again } = await steps.logInWith('stays@example.org', steps.freshCode(secret))
      expect(await app.post('/totp/disable', { code }, again)).toMatchObject(failed)
      expect((await standing(again)).enrolled).toBe(true)
    })

    test('is refused where there is none', async () => {
      const { token } = await app.register({ email: 'none@example.org' })
      expect(await app.post('/totp/disable', { code: '123456' }, token)).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
    })
  })

  describe('POST /totp/recovery-codes', () => {
    test('shows new ones, and the old set is void', async () => {
      const { email, secret, token, recoveryCodes } = await steps.somebody('renewed@example.org')
      const answer = await app.post('/totp/recovery-codes', { code: steps.freshCode(secret) }, token)
      const renewed: string[] = mustBe(200, answer).recoveryCodes
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(new Set([...renewed, ...recoveryCodes]).size).toBe(20)
      const challenge = await steps.challengeOf(email)
      expect(await steps.answer(challenge, recoveryCodes[0] ?? '')).toMatchObject(failed)
      expect((await steps.answer(challenge, renewed[0] ?? '')).status).toBe(200)
      expect((await mailTo(app.dataDir, email, /New recovery codes/)).body).toContain('no longer work')
    })

    test('asks for a code', async () => {
      const { token, secret } = await steps.somebody('unproved@example.org')
      const code = wrongCode(steps.freshCode(secret))
      expect(await app.post('/totp/recovery-codes', { code }, token)).toMatchObject(failed)
    })
  })

  describe('POST /admin/accounts/:id/reset-second-factor', () => {
    test('lets whoever lost everything in with the password again, and ends their sessions', async () => {
      const root = await app.setUp(setupToken)
      const lost = await steps.somebody('lost@example.org')
      const challenge = await steps.challengeOf(lost.email)
      const path = `/admin/accounts/${lost.accountId}/reset-second-factor`
      expect(await app.post(path, undefined, root.token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
      expect((await app.post(path, undefined, await app.elevated(root.token))).status).toBe(204)
      expect((await app.get('/secure/user', lost.token)).status).toBe(401)
      expect(await steps.answer(challenge, steps.freshCode(lost.secret))).toMatchObject(failed)
      expect((await steps.password(lost.email)).body.status).toBe('authenticated')
      expect((await mailTo(app.dataDir, lost.email, /removed/)).body).toContain('removed')
    })

    test('ends an enrolment that was begun and never confirmed, without a mail about a factor that never was', async () => {
      const root = await app.logIn({ email: 'root@example.org' })
      const { token, accountId } = await app.register({ email: 'intruded@example.org' })
      const { secret } = await steps.begin(await app.elevated(token))
      mustBe(204, await app.post(`/admin/accounts/${accountId}/reset-second-factor`, undefined, await app.elevated(root.token)))
      const later = await app.logIn({ email: 'intruded@example.org' })
      const confirmed = await app.post('/totp/confirm', { code: steps.codeOf(secret) }, later.token)
      expect(confirmed).toMatchObject({ status: 409, body: problem('NOT_ENROLLED') })
      await app.gatebook.settled()
      const subjects = mailsTo(app.dataDir, 'intruded@example.org').map(({ headers }) => headers.subject)
      expect(subjects).toEqual(['A second factor is being added'])
    })

    test('is for administrators', async () => {
      const { token, accountId } = await steps.somebody('nobody-special@example.org')
      const refused = await app.post(`/admin/accounts/${accountId}/reset-second-factor`, undefined, token)
      expect(refused).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    })
  })

  test('leaves neither secret nor code in the log', async () => {
    const { email, secret, recoveryCodes } = await steps.somebody('sealed@example.org')
    const code = steps.freshCode(secret)
    await steps.logInWith(email, code)
    await steps.logInWith(email, recoveryCodes[0] ?? '')
    const log = JSON.stringify((await everyEvent(app.gatebook.store)).map(({ data, metadata }) => ({ data, metadata })))
    for (const plain of [secret, `"${code}"`, ...recoveryCodes, ...recoveryCodes.map((each) => each.replaceAll('-', ''))]) {
      expect(log).not.toContain(plain)
    }
  })
})
