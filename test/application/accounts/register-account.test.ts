import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { accountStream } from '../../../domain/kernel/streams.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, loggingIn, opens, otherPassword, password, registering } from '../../support/test-app/people.ts'
import { crashingBefore, goneAway, interposing } from '../../support/test-app/stores.ts'
import { openTestApp } from '../../support/test-app.ts'

describe('registration', () => {
  test('claims the address, records the account and grants a session', async () => {
    const app = await openTestApp()
    const { session, token } = await succeed(registering(app))
    expect(await typesIn(app)).toEqual(['EmailClaimed', 'AccountRegistered', 'SessionGranted'])
    expect(session).toMatchObject({ accountRevision: 0, factors: ['pwd'], elevatedUntil: null })
    expect(await opens(app, session.sessionId, token)).toBe(true)
  })

  test.each([
    ['too_short', 'seven77'],
    ['too_long', 'x'.repeat(1025)],
    ['too_common', 'Password1'],
    ['contains_email', 'my ada@example.org key'],
  ])('refuses a password that is %s before anything is recorded or hashed', async (reason, chosen) => {
    const app = await openTestApp()
    const before = await wholeLog(app)
    expect(await refusalOf(registering(app, ada, chosen))).toEqual({ type: 'password_rejected', reason })
    expect(await wholeLog(app)).toEqual(before)
    expect(app.counts.hashCalls).toBe(0)
    await succeed(registering(app))
  })

  test('refuses an address that is taken without a trace and without a hash', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const before = { log: await wholeLog(app), hashCalls: app.counts.hashCalls }
    expect(await refusalOf(registering(app, ada, otherPassword))).toEqual({ type: 'email_taken' })
    expect({ log: await wholeLog(app), hashCalls: app.counts.hashCalls }).toEqual(before)
    expect(await refusalOf(loggingIn(app, ada, otherPassword))).toEqual({ type: 'invalid_credentials' })
  })

  test('records nothing, not even a key, while there is no place in front of the hash', async () => {
    const app = await openTestApp()
    const full = await app.restart({
      hasher: (hasher) => ({ ...hasher, hash: () => async () => left({ type: 'overloaded', retryAfter: 3 }) }),
    })
    const before = await wholeLog(app)
    expect(await refusalOf(registering(full))).toEqual({ type: 'overloaded', retryAfter: 3 })
    expect(await wholeLog(app)).toEqual(before)
  })

  test('gives one address to one of fifty on one node', async () => {
    const app = await openTestApp()
    const { won, lost } = await race(Array.from({ length: 50 }, (_, n) => registering(app, ada, `${password} ${n}`)))
    expect(won).toHaveLength(1)
    expect(new Set(lost.map(({ type }) => type))).toEqual(new Set(['email_taken']))
    expect(await countOf(app, 'AccountRegistered')).toBe(1)
  })
})

describe('a crash between the claim of an address and its registration', () => {
  const crash = async () => {
    const app = await openTestApp()
    expect(await refusalOf(registering(await app.restart({ store: crashingBefore('AccountRegistered') })))).toEqual(goneAway)
    expect(await typesIn(app)).toEqual(['EmailClaimed'])
    return app
  }

  test('leaves the address taken for a minute', async () => {
    const app = await crash()
    app.clock.set(later(59_999))
    expect(await refusalOf(registering(app))).toEqual({ type: 'email_taken' })
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    expect(await countOf(app, 'RegistrationAbandoned')).toBe(0)
  })

  test('leaves it to whoever comes after that', async () => {
    const app = await crash()
    app.clock.set(later(60_000))
    const { session, token } = await succeed(registering(app, ada, otherPassword))
    expect((await typesIn(app)).slice(1)).toEqual([
      'RegistrationAbandoned',
      'EmailReleased',
      'EmailClaimed',
      'AccountRegistered',
      'SessionGranted',
    ])
    expect(await opens(app, session.sessionId, token)).toBe(true)
    await succeed(loggingIn(app, ada, otherPassword))
  })
})

test('a registration that was taken over can no longer be completed, however late it comes', async () => {
  const app = await openTestApp()
  const late = await app.restart({
    store: interposing('AccountRegistered', async () => {
      app.clock.advance(60_000)
      await succeed(registering(app, ada, otherPassword))
    }),
  })
  expect(await refusalOf(registering(late))).toEqual({ type: 'account_exists' })
  expect(await countOf(app, 'AccountRegistered')).toBe(1)
  expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
  await succeed(loggingIn(app, ada, otherPassword))
})

test('a registration that was only slow keeps its address, and whoever wanted to take it over is refused', async () => {
  const app = await openTestApp()
  const impatient = await app.restart({
    store: interposing('RegistrationAbandoned', async () => void (await finish())),
  })
  let finish = async () => {}
  const slow = await app.restart({
    store: interposing('AccountRegistered', async () => {
      await new Promise<void>((go) => {
        finish = async () => {
          go()
          while ((await countOf(app, 'AccountRegistered')) === 0) await new Promise((next) => setImmediate(next))
        }
      })
    }),
  })
  const slowly = registering(slow)()
  while ((await countOf(app, 'EmailClaimed')) === 0) await new Promise((next) => setImmediate(next))
  app.clock.advance(60_000)
  expect(await refusalOf(registering(impatient, ada, otherPassword))).toEqual({ type: 'email_taken' })
  expect((await slowly)._tag).toBe('Right')
  expect(await countOf(app, 'RegistrationAbandoned')).toBe(0)
  await succeed(loggingIn(app))
})

test('two people have accounts, names and keys of their own', async () => {
  const app = await openTestApp()
  const one = await succeed(registering(app))
  const other = await succeed(registering(app, address('grace'), otherPassword))
  expect(one.session.accountId).not.toBe(other.session.accountId)
  expect(await typesOf(app, accountStream(other.session.accountId))).toEqual(['AccountRegistered'])
  expect(await refusalOf(loggingIn(app, address('grace'), password))).toEqual({ type: 'invalid_credentials' })
})
