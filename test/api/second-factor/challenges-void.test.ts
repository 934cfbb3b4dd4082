import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { failed, madeUp, mailTo, mustBe, type secondFactorIn, ticketIn } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const newPassword = 'another long passphrase'

describe('an open challenge', async () => {
  const { app, steps } = await suiteServer({ env: { SECOND_FACTOR_ROLES: 'treasurer' } })
  beforeAll(async () => {
    await app.setUp(setupToken)
  })

  const root = async () => app.elevated((await app.logIn({ email: 'root@example.org' })).token)

  type Somebody = Awaited<ReturnType<ReturnType<typeof secondFactorIn>['somebody']>>
  type InForce = Pick<Somebody, 'secret' | 'recoveryCodes'>
  type Happening = (who: Somebody) => Promise<InForce | undefined>

  const act =
    (verb: string) =>
    async ({ accountId }: Somebody) => {
      mustBe(204, await app.post(`/admin/accounts/${accountId}/${verb}`, undefined, await root()))
      return undefined
    }
  const lockCodes = async ({ email }: Somebody) => {
    const other = await steps.challengeOf(email)
    for (let n = 0; n < 5; n += 1) expect(await steps.answer(other, madeUp)).toMatchObject(failed)
    expect((await steps.answer(other, madeUp)).body.code).toBe('LOCKED_OUT')
    app.advance(60_000)
    return undefined
  }

  /** Returns the codes that are right afterwards, so that a refusal is of the challenge and not of the code. */
  const voiding: Readonly<Record<string, Happening>> = {
    'a change of the password': async ({ token }) => {
      mustBe(204, await app.post('/password', { currentPassword: person.password, newPassword }, token))
      return undefined
    },
    'a reset of the password by mail': async ({ email }) => {
      mustBe(202, await app.post('/password/reset', { email }))
      const token = ticketIn(await mailTo(app.dataDir, email, /^Reset/))
      mustBe(204, await app.post('/password/reset/confirm', { token, newPassword }))
      return undefined
    },
    'a removal of the factor by its owner, and another enrolment': async ({ token, secret }) => {
      mustBe(204, await app.post('/totp/disable', { code: steps.freshCode(secret) }, token))
      return steps.enrol(token)
    },
    'a removal of the factor by an administrator, and another enrolment': async (who) => {
      await act('reset-second-factor')(who)
      return steps.enrol((await app.logIn({ email: who.email })).token)
    },
    'new recovery codes': async ({ token, secret }) => {
      return { secret, ...mustBe(200, await app.post('/totp/recovery-codes', { code: steps.freshCode(secret) }, token)) }
    },
    'the end of every session, by its owner': async ({ token }) => {
      mustBe(204, await app.post('/logout/everywhere', undefined, token))
      return undefined
    },
    'the end of every session, by an administrator': act('logout'),
    'three locks of code entry': async ({ email }) => {
      const other = await steps.challengeOf(email)
      for (const seconds of [0, 60, 120]) {
        app.advance(seconds * 1000)
        for (let n = 0; n < 5; n += 1) mustBe(401, await steps.answer(other, madeUp))
      }
      app.advance(240_000)
      return undefined
    },
    'a bar of the account': act('disable'),
    'a bar of the account that was lifted': async (who) => {
      await act('disable')(who)
      return act('enable')(who)
    },
    'the erasure of the account': async ({ accountId }) => {
      mustBe(204, await app.del(`/admin/accounts/${accountId}`, await root()))
      return undefined
    },
  }

  test.each(Object.entries(voiding))('is void after %s', async (what, happens) => {
    const who = await steps.somebody(`void-${what.replaceAll(/\W/g, '')}@example.org`)
    const challenge = await steps.challengeOf(who.email)
    const { secret, recoveryCodes } = (await happens(who)) ?? who
    expect(await steps.answer(challenge, steps.freshCode(secret))).toMatchObject(failed)
    expect(await steps.answer(challenge, recoveryCodes[0] ?? '')).toMatchObject(failed)
  })

  const harmless: Readonly<Record<string, Happening>> = {
    nothing: async () => undefined,
    'another log-in': async ({ email, recoveryCodes }) => {
      await steps.logInWith(email, recoveryCodes[9] ?? '')
      return undefined
    },
    'a log-out': async ({ token }) => {
      mustBe(204, await app.post('/logout', undefined, token))
      return undefined
    },
    'a lock of the login': async ({ email }) => {
      for (let n = 0; n < 5; n += 1) mustBe(401, await steps.password(email, { password: 'a wrong guess' }))
      return undefined
    },
    'a wrong password': async ({ email }) => {
      mustBe(401, await steps.password(email, { password: 'a wrong guess' }))
      return undefined
    },
    'a lock of code entry, once that is over': lockCodes,
    'a role that was granted': async ({ accountId }) => {
      mustBe(204, await app.put(`/admin/accounts/${accountId}/roles/reader`, undefined, await root()))
      return undefined
    },
  }

  test.each(Object.entries(harmless))('is open after %s, for the same codes', async (what, happens) => {
    const who = await steps.somebody(`open-${what.replaceAll(/\W/g, '')}@example.org`)
    const challenge = await steps.challengeOf(who.email)
    await happens(who)
    expect((await steps.answer(challenge, steps.freshCode(who.secret))).status).toBe(200)
    const another = await steps.challengeOf(who.email)
    expect((await steps.answer(another, who.recoveryCodes[0] ?? '')).status).toBe(200)
  })

  test('to enrol with is void once a factor is enrolled another way', async () => {
    const email = 'enrols@example.org'
    const { token, accountId } = await app.register({ email })
    mustBe(204, await app.put(`/admin/accounts/${accountId}/roles/treasurer`, undefined, await root()))
    const { challenge } = mustBe(200, await steps.password(email))
    const { secret } = await steps.enrol(token)
    expect(await app.post('/login/enroll', { challenge })).toMatchObject(failed)
    const confirm = { challenge, code: steps.freshCode(secret), transport: 'bearer' }
    expect(await app.post('/login/enroll/confirm', confirm)).toMatchObject(failed)
  })

  test('that is found void is recorded as that, with why', async () => {
    const who = await steps.somebody('recorded@example.org')
    const challenge = await steps.challengeOf(who.email)
    await voiding['a change of the password']?.(who)
    expect(await steps.answer(challenge, steps.freshCode(who.secret))).toMatchObject(failed)
    const last = (await everyEvent(app.gatebook.store)).at(-1)
    expect(last).toMatchObject({ type: 'ChallengeVoided', data: { because: 'credentials_changed' } })
  })
})
