import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { administer } from '../../../application/administration/administer.ts'
import type { Dependencies } from '../../../application/dependencies.ts'
import { logIn } from '../../../application/log-in/log-in.ts'
import type { PasswordHasher } from '../../../application/ports/ports.ts'
import { categoryOf } from '../../../domain/kernel/streams.ts'
import { countOf, typesOf, wholeLog } from '../../support/world/log.ts'
import { refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, address, loggingIn, loginStreamOf, opens, password, registering, wrongPassword } from '../../support/world/people.ts'
import { crashingBefore, goneAway } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

const registerDisabled = async (house: House, email: typeof ada) => {
  const { session } = await succeed(registering(house, email))
  await succeed(administer(house.deps)(session.accountId, { type: 'disable' }, session.accountId, house.caller))
}

const neverAnswers = (hasher: PasswordHasher): PasswordHasher => ({
  ...hasher,
  reserve: () => right({ verify: () => () => new Promise(() => {}), release: () => {} }),
})

describe('log-in', () => {
  test('lets in who registered, with a session of its own', async () => {
    const house = await openHouse()
    const registered = await succeed(registering(house))
    const again = await succeed(loggingIn(house))
    expect(again.session.accountId).toBe(registered.session.accountId)
    expect(again.session.sessionId).not.toBe(registered.session.sessionId)
    expect(again.token).not.toBe(registered.token)
    expect(await opens(house, again.session.sessionId, again.token)).toBe(true)
    expect(await opens(house, registered.session.sessionId, registered.token)).toBe(true)
  })

  test('gives a refresh token to a bearer only', async () => {
    const house = await openHouse()
    const { refreshToken, session } = await succeed(registering(house))
    expect(refreshToken?.startsWith(`${session.sessionId}.`)).toBe(true)
    const cookie = await succeed(logIn(house.deps)({ email: ada, password, transport: 'cookie' }, house.caller))
    expect(cookie).toMatchObject({ type: 'authenticated', refreshToken: null, session: { refresh: null } })
  })

  test('refuses a wrong password, an unknown address, a disabled account and an erased one with the very same value', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await registerDisabled(house, address('disabled'))
    const erased = await succeed(registering(house, address('erased')))
    await succeed(eraseAccount(house.deps)(erased.session.accountId, 'requested_by_owner', erased.session.accountId, house.caller))
    const attempts = [
      loggingIn(house, ada, wrongPassword),
      loggingIn(house, address('nobody')),
      loggingIn(house, address('disabled')),
      loggingIn(house, address('disabled'), wrongPassword),
      loggingIn(house, address('erased')),
    ]
    for (const attempt of attempts) expect(await attempt()).toEqual(left({ type: 'invalid_credentials' }))
  })

  test('does the same work for a wrong password, an unknown address and a disabled account', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await registerDisabled(house, address('disabled'))
    for (const attempt of [
      loggingIn(house, ada, wrongPassword),
      loggingIn(house, address('nobody')),
      loggingIn(house, address('disabled')),
    ]) {
      const before = house.counts.hashCalls
      await attempt()
      expect(house.counts.hashCalls - before).toBe(1)
    }
  })

  test('records an attempt and what came of it, for known and unknown names alike', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await loggingIn(house, ada, wrongPassword)()
    await loggingIn(house)()
    await loggingIn(house, address('nobody'), wrongPassword)()
    expect(await typesOf(house, loginStreamOf(house))).toEqual(['LoginAttempted', 'PasswordRejected', 'LoginAttempted', 'PasswordAccepted'])
    expect(await typesOf(house, loginStreamOf(house, address('nobody')))).toEqual(['LoginAttempted', 'PasswordRejected'])
  })

  test('holds neither address nor password nor token in the log in the clear', async () => {
    const house = await openHouse()
    const { token, refreshToken } = await succeed(registering(house))
    await loggingIn(house, ada, wrongPassword)()
    const log = JSON.stringify(await wholeLog(house))
    for (const secret of [ada, password, wrongPassword, token, refreshToken, house.caller.address, house.caller.userAgent]) {
      expect(secret).toBeTruthy()
      expect(log).not.toContain(secret)
    }
  })

  test('has counted the attempt before the password is checked', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const stuck = await house.restart({ hasher: neverAnswers })
    void loggingIn(stuck)()
    while ((await countOf(house, 'LoginAttempted')) === 0) await new Promise((next) => setImmediate(next))
    expect(await typesOf(house, loginStreamOf(house))).toEqual(['LoginAttempted'])
  })

  test('counts attempts whose check never ended, also after a restart', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const stuck = await house.restart({ hasher: neverAnswers })
    for (let n = 0; n < 5; n++) void loggingIn(stuck)()
    while ((await countOf(house, 'LoginAttempted')) < 5) await new Promise((next) => setImmediate(next))
    expect(await refusalOf(loggingIn(await house.restart()))).toMatchObject({ type: 'locked_out' })
  })

  test('tells nobody of a right password that could not be recorded', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const node = await house.restart({ store: crashingBefore('PasswordAccepted') })
    expect(await loggingIn(node)()).toEqual(left(goneAway))
    expect(await countOf(house, 'SessionGranted')).toBe(1)
  })

  test('counts nothing against anybody while there is no place in front of the hash', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const full = await house.restart({ hasher: (hasher) => ({ ...hasher, reserve: () => left({ type: 'overloaded', retryAfter: 3 }) }) })
    for (const email of [ada, address('nobody')]) {
      for (let n = 0; n < 20; n++)
        expect(await loggingIn(full, email, wrongPassword)()).toEqual(left({ type: 'overloaded', retryAfter: 3 }))
      expect(await typesOf(house, loginStreamOf(house, email))).toEqual([])
    }
    await succeed(loggingIn(house))
  })

  test('gives its place in front of the hash back, whatever came of it', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    let held = 0
    const watched: Parameters<House['restart']>[0] = {
      hasher: (hasher) => ({
        ...hasher,
        reserve: () => {
          const place = hasher.reserve()
          if (place._tag === 'Right') held++
          return place._tag === 'Left' ? place : { ...place, right: { ...place.right, release: () => void held-- } }
        },
      }),
    }
    const node = await house.restart(watched)
    for (let n = 0; n < 7; n++) await loggingIn(node, ada, wrongPassword)()
    await loggingIn(node, address('nobody'))()
    await loggingIn(await house.restart({ ...watched, store: crashingBefore('LoginAttempted') }), address('other'))()
    expect(held).toBe(0)
  })

  test('renews a hash of lower cost once, and the sessions from before stay', async () => {
    const house = await openHouse()
    const before = await succeed(registering(house))
    const dearer = await house.restart({ passes: 2 })
    const during = await succeed(loggingIn(dearer))
    const after = await succeed(loggingIn(dearer))
    expect(await countOf(house, 'PasswordRehashed')).toBe(1)
    for (const { session, token } of [before, during, after]) expect(await opens(house, session.sessionId, token)).toBe(true)
  })

  test('renews a hash once among many log-ins at the same time, on two nodes', async () => {
    const house = await openHouse({ lockout: { maxAttempts: 100 } })
    await succeed(registering(house))
    const nodes = [await house.restart({ passes: 2 }), await house.restart({ passes: 2 })]
    await Promise.all(Array.from({ length: 10 }, (_, n) => succeed(loggingIn(nodes[n % 2] as House))))
    expect(await countOf(house, 'PasswordRehashed')).toBe(1)
    await succeed(loggingIn(house))
  })

  test('lets in although the hash could not be renewed', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const noHash: Dependencies['hasher']['hash'] = () => async () => left({ type: 'overloaded', retryAfter: 1 })
    const node = await house.restart({ passes: 2, hasher: (hasher) => ({ ...hasher, hash: noHash }) })
    const { session, token } = await succeed(loggingIn(node))
    expect(await opens(house, session.sessionId, token)).toBe(true)
    expect(await countOf(house, 'PasswordRehashed')).toBe(0)
  })

  test('leaves no trace on the stream of the account', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await loggingIn(house)()
    await loggingIn(house, ada, wrongPassword)()
    expect((await wholeLog(house)).filter(({ stream }) => categoryOf(stream) === 'account').map(({ type }) => type)).toEqual([
      'AccountRegistered',
    ])
  })
})
