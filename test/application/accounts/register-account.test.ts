import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { accountStream, dataKeyStream } from '../../../domain/kernel/streams.ts'
import { systemKeys } from '../../../infrastructure/sealing/keys/system-key.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, address, loggingIn, opens, otherPassword, password, registering } from '../../support/world/people.ts'
import { crashingBefore, dawdling, goneAway, interposing } from '../../support/world/stores.ts'
import { openHouse } from '../../support/world.ts'

describe('registration', () => {
  test('claims the address, records the account and grants a session', async () => {
    const house = await openHouse()
    const { session, token } = await succeed(registering(house))
    expect(await typesIn(house)).toEqual(['EmailClaimed', 'AccountRegistered', 'SessionGranted'])
    expect(session).toMatchObject({ accountRevision: 0, factors: ['pwd'], elevatedUntil: null })
    expect(await opens(house, session.sessionId, token)).toBe(true)
  })

  test.each([
    ['too_short', 'seven77'],
    ['too_long', 'x'.repeat(1025)],
    ['too_common', 'Password1'],
    ['contains_email', 'my ada@example.org key'],
  ])('refuses a password that is %s before anything is recorded or hashed', async (reason, chosen) => {
    const house = await openHouse()
    const before = await wholeLog(house)
    expect(await refusalOf(registering(house, ada, chosen))).toEqual({ type: 'password_rejected', reason })
    expect(await wholeLog(house)).toEqual(before)
    expect(house.counts.hashCalls).toBe(0)
    await succeed(registering(house))
  })

  test('refuses an address that is taken without a trace and without a hash', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const before = { log: await wholeLog(house), hashCalls: house.counts.hashCalls }
    expect(await refusalOf(registering(house, ada, otherPassword))).toEqual({ type: 'email_taken' })
    expect({ log: await wholeLog(house), hashCalls: house.counts.hashCalls }).toEqual(before)
    expect(await refusalOf(loggingIn(house, ada, otherPassword))).toEqual({ type: 'invalid_credentials' })
  })

  test('records nothing, not even a key, while there is no place in front of the hash', async () => {
    const house = await openHouse()
    const full = await house.restart({
      hasher: (hasher) => ({ ...hasher, hash: () => async () => left({ type: 'overloaded', retryAfter: 3 }) }),
    })
    const before = await wholeLog(house)
    expect(await refusalOf(registering(full))).toEqual({ type: 'overloaded', retryAfter: 3 })
    expect(await wholeLog(house)).toEqual(before)
  })

  test('gives one address to exactly one of two nodes, and the other leaves no trace', async () => {
    for (let round = 0; round < 50; round++) {
      const house = await openHouse()
      const [one, other] = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })]
      const { won, lost } = await race([registering(one), registering(other)])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'email_taken' }])
      expect(await typesIn(house)).toEqual(['EmailClaimed', 'AccountRegistered', 'SessionGranted'])
      const keys = (await wholeLog(house)).filter(({ type }) => type === 'DataKeyWrapped')
      const ofTheSystem = Object.values(systemKeys).map(dataKeyStream)
      expect(keys.filter(({ stream }) => !ofTheSystem.includes(stream))).toHaveLength(1)
      await succeed(loggingIn(house))
    }
  })

  test('gives one address to one of fifty on one node', async () => {
    const house = await openHouse()
    const { won, lost } = await race(Array.from({ length: 50 }, (_, n) => registering(house, ada, `${password} ${n}`)))
    expect(won).toHaveLength(1)
    expect(new Set(lost.map(({ type }) => type))).toEqual(new Set(['email_taken']))
    expect(await countOf(house, 'AccountRegistered')).toBe(1)
  })
})

describe('a crash between the claim of an address and its registration', () => {
  const crash = async () => {
    const house = await openHouse()
    expect(await refusalOf(registering(await house.restart({ store: crashingBefore('AccountRegistered') })))).toEqual(goneAway)
    expect(await typesIn(house)).toEqual(['EmailClaimed'])
    return house
  }

  test('leaves the address taken for a minute', async () => {
    const house = await crash()
    house.clock.set(later(59_999))
    expect(await refusalOf(registering(house))).toEqual({ type: 'email_taken' })
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
    expect(await countOf(house, 'RegistrationAbandoned')).toBe(0)
  })

  test('leaves it to whoever comes after that', async () => {
    const house = await crash()
    house.clock.set(later(60_000))
    const { session, token } = await succeed(registering(house, ada, otherPassword))
    expect((await typesIn(house)).slice(1)).toEqual([
      'RegistrationAbandoned',
      'EmailReleased',
      'EmailClaimed',
      'AccountRegistered',
      'SessionGranted',
    ])
    expect(await opens(house, session.sessionId, token)).toBe(true)
    await succeed(loggingIn(house, ada, otherPassword))
  })

  test('leaves it to exactly one of two nodes that come after that', async () => {
    for (let round = 0; round < 50; round++) {
      const house = await crash()
      house.clock.set(later(60_000))
      const [one, other] = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })]
      const { won, lost } = await race([registering(one), registering(other)])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'email_taken' }])
      expect(await countOf(house, 'AccountRegistered')).toBe(1)
      expect(await countOf(house, 'RegistrationAbandoned')).toBe(1)
      await succeed(loggingIn(house))
    }
  })
})

test('a registration that was taken over can no longer be completed, however late it comes', async () => {
  const house = await openHouse()
  const late = await house.restart({
    store: interposing('AccountRegistered', async () => {
      house.clock.advance(60_000)
      await succeed(registering(house, ada, otherPassword))
    }),
  })
  expect(await refusalOf(registering(late))).toEqual({ type: 'account_exists' })
  expect(await countOf(house, 'AccountRegistered')).toBe(1)
  expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
  await succeed(loggingIn(house, ada, otherPassword))
})

test('a registration that was only slow keeps its address, and whoever wanted to take it over is refused', async () => {
  const house = await openHouse()
  const impatient = await house.restart({
    store: interposing('RegistrationAbandoned', async () => void (await finish())),
  })
  let finish = async () => {}
  const slow = await house.restart({
    store: interposing('AccountRegistered', async () => {
      await new Promise<void>((go) => {
        finish = async () => {
          go()
          while ((await countOf(house, 'AccountRegistered')) === 0) await new Promise((next) => setImmediate(next))
        }
      })
    }),
  })
  const slowly = registering(slow)()
  while ((await countOf(house, 'EmailClaimed')) === 0) await new Promise((next) => setImmediate(next))
  house.clock.advance(60_000)
  expect(await refusalOf(registering(impatient, ada, otherPassword))).toEqual({ type: 'email_taken' })
  expect((await slowly)._tag).toBe('Right')
  expect(await countOf(house, 'RegistrationAbandoned')).toBe(0)
  await succeed(loggingIn(house))
})

test('two people have accounts, names and keys of their own', async () => {
  const house = await openHouse()
  const one = await succeed(registering(house))
  const other = await succeed(registering(house, address('grace'), otherPassword))
  expect(one.session.accountId).not.toBe(other.session.accountId)
  expect(await typesOf(house, accountStream(other.session.accountId))).toEqual(['AccountRegistered'])
  expect(await refusalOf(loggingIn(house, address('grace'), password))).toEqual({ type: 'invalid_credentials' })
})
