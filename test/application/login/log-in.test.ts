import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { administer } from '../../../application/administration/administer.ts'
import { logIn } from '../../../application/login/log-in.ts'
import type { PasswordHasher } from '../../../application/ports/hasher.ts'
import { categoryOf } from '../../../domain/kernel/streams.ts'
import { countOf, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, loginStreamOf, opens, password, registering, wrongPassword } from '../../support/test-app/people.ts'
import { crashingBefore, goneAway } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const registerDisabled = async (app: TestApp, email: typeof ada) => {
  const { session } = await succeed(registering(app, email))
  await succeed(administer(app.deps)({ accountId: session.accountId, command: { type: 'disable' }, actor: session.accountId }, app.caller))
}

const neverAnswers = (hasher: PasswordHasher): PasswordHasher => ({
  ...hasher,
  reserve: () => right({ verify: () => () => new Promise(() => {}), release: () => {} }),
})

describe('log-in', () => {
  test('lets in who registered, with a session of its own', async () => {
    const app = await openTestApp()
    const registered = await succeed(registering(app))
    const again = await succeed(loggingIn(app))
    expect(again.session.accountId).toBe(registered.session.accountId)
    expect(again.session.sessionId).not.toBe(registered.session.sessionId)
    expect(again.token).not.toBe(registered.token)
    expect(await opens(app, again.session.sessionId, again.token)).toBe(true)
    expect(await opens(app, registered.session.sessionId, registered.token)).toBe(true)
  })

  test('gives a refresh token to a bearer only', async () => {
    const app = await openTestApp()
    const { refreshToken, session } = await succeed(registering(app))
    expect(refreshToken?.startsWith(`${session.sessionId}.`)).toBe(true)
    const cookie = await succeed(logIn(app.deps)({ email: ada, password, transport: 'cookie' }, app.caller))
    expect(cookie).toMatchObject({ type: 'authenticated', refreshToken: null, session: { refresh: null } })
  })

  test('refuses a wrong password, an unknown address, a disabled account and an erased one with the very same value', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await registerDisabled(app, address('disabled'))
    const erased = await succeed(registering(app, address('erased')))
    await succeed(
      eraseAccount(app.deps)(
        { accountId: erased.session.accountId, because: 'requested_by_owner', actor: erased.session.accountId },
        app.caller,
      ),
    )
    const attempts = [
      loggingIn(app, ada, wrongPassword),
      loggingIn(app, address('nobody')),
      loggingIn(app, address('disabled')),
      loggingIn(app, address('disabled'), wrongPassword),
      loggingIn(app, address('erased')),
    ]
    for (const attempt of attempts) expect(await attempt()).toEqual(left({ type: 'invalid_credentials' }))
  })

  test('does the same work for a wrong password, an unknown address and a disabled account', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await registerDisabled(app, address('disabled'))
    for (const attempt of [loggingIn(app, ada, wrongPassword), loggingIn(app, address('nobody')), loggingIn(app, address('disabled'))]) {
      const before = app.counts.hashCalls
      await attempt()
      expect(app.counts.hashCalls - before).toBe(1)
    }
  })

  test('records an attempt and what came of it, for known and unknown names alike', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await loggingIn(app, ada, wrongPassword)()
    await loggingIn(app)()
    await loggingIn(app, address('nobody'), wrongPassword)()
    expect(await typesOf(app, loginStreamOf(app))).toEqual(['LoginAttempted', 'PasswordRejected', 'LoginAttempted', 'PasswordAccepted'])
    expect(await typesOf(app, loginStreamOf(app, address('nobody')))).toEqual(['LoginAttempted', 'PasswordRejected'])
  })

  test('holds neither address nor password nor token in the log in the clear', async () => {
    const app = await openTestApp()
    const { token, refreshToken } = await succeed(registering(app))
    await loggingIn(app, ada, wrongPassword)()
    const log = JSON.stringify(await wholeLog(app))
    for (const secret of [ada, password, wrongPassword, token, refreshToken, app.caller.address, app.caller.userAgent]) {
      expect(secret).toBeTruthy()
      expect(log).not.toContain(secret)
    }
  })

  test('has counted the attempt before the password is checked', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const stuck = await app.restart({ hasher: neverAnswers })
    void loggingIn(stuck)()
    while ((await countOf(app, 'LoginAttempted')) === 0) await new Promise((next) => setImmediate(next))
    expect(await typesOf(app, loginStreamOf(app))).toEqual(['LoginAttempted'])
  })

  test('counts attempts whose check never ended, also after a restart', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const stuck = await app.restart({ hasher: neverAnswers })
    for (let n = 0; n < 5; n++) void loggingIn(stuck)()
    while ((await countOf(app, 'LoginAttempted')) < 5) await new Promise((next) => setImmediate(next))
    app.clock.advance(60_000)
    expect(await refusalOf(loggingIn(await app.restart()))).toMatchObject({ type: 'locked_out' })
  })

  test('tells nobody of a right password that could not be recorded', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const node = await app.restart({ store: crashingBefore('PasswordAccepted') })
    expect(await loggingIn(node)()).toEqual(left(goneAway))
    expect(await countOf(app, 'SessionGranted')).toBe(1)
  })

  test('counts nothing against anybody while there is no place in front of the hash', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const full = await app.restart({ hasher: (hasher) => ({ ...hasher, reserve: () => left({ type: 'overloaded', retryAfter: 3 }) }) })
    for (const email of [ada, address('nobody')]) {
      for (let n = 0; n < 20; n++)
        expect(await loggingIn(full, email, wrongPassword)()).toEqual(left({ type: 'overloaded', retryAfter: 3 }))
      expect(await typesOf(app, loginStreamOf(app, email))).toEqual([])
    }
    await succeed(loggingIn(app))
  })

  test('gives its place in front of the hash back, whatever came of it', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    let held = 0
    const watched: Parameters<TestApp['restart']>[0] = {
      hasher: (hasher) => ({
        ...hasher,
        reserve: (turn) => {
          const place = hasher.reserve(turn)
          if (place._tag === 'Right') held++
          return place._tag === 'Left' ? place : { ...place, right: { ...place.right, release: () => void held-- } }
        },
      }),
    }
    const node = await app.restart(watched)
    for (let n = 0; n < 7; n++) await loggingIn(node, ada, wrongPassword)()
    await loggingIn(node, address('nobody'))()
    await loggingIn(await app.restart({ ...watched, store: crashingBefore('LoginAttempted') }), address('other'))()
    expect(held).toBe(0)
  })

  test('renews a hash of lower cost once, and the sessions from before stay', async () => {
    const app = await openTestApp()
    const before = await succeed(registering(app))
    const dearer = await app.restart({ passes: 2 })
    const during = await succeed(loggingIn(dearer))
    const after = await succeed(loggingIn(dearer))
    expect(await countOf(app, 'PasswordRehashed')).toBe(1)
    for (const { session, token } of [before, during, after]) expect(await opens(app, session.sessionId, token)).toBe(true)
  })

  test('renews a hash once among many log-ins at the same time, on two nodes', async () => {
    const app = await openTestApp({ lockout: { maxAttempts: 100 } })
    await succeed(registering(app))
    const nodes = [await app.restart({ passes: 2 }), await app.restart({ passes: 2 })]
    await Promise.all(Array.from({ length: 10 }, (_, n) => succeed(loggingIn(nodes[n % 2] as TestApp))))
    expect(await countOf(app, 'PasswordRehashed')).toBe(1)
    await succeed(loggingIn(app))
  })

  test('lets in although the hash could not be renewed', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const noHash: PasswordHasher['hash'] = () => async () => left({ type: 'overloaded', retryAfter: 1 })
    const node = await app.restart({ passes: 2, hasher: (hasher) => ({ ...hasher, hash: noHash }) })
    const { session, token } = await succeed(loggingIn(node))
    expect(await opens(app, session.sessionId, token)).toBe(true)
    expect(await countOf(app, 'PasswordRehashed')).toBe(0)
  })

  test('leaves no trace on the stream of the account', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await loggingIn(app)()
    await loggingIn(app, ada, wrongPassword)()
    expect((await wholeLog(app)).filter(({ stream }) => categoryOf(stream) === 'account').map(({ type }) => type)).toEqual([
      'AccountRegistered',
    ])
  })
})
