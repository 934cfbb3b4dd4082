import { describe, expect, test } from 'vitest'
import { administratorsStream } from '../../../domain/kernel/streams.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/world/log.ts'
import { race, refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, address, loggingIn, opens, otherPassword, registering, settingUp } from '../../support/world/people.ts'
import { crashingBefore, dawdling, goneAway, interposing } from '../../support/world/stores.ts'
import { type House, openHouse } from '../../support/world.ts'

const members = async ({ deps }: House) => {
  const { state } = await succeed(deps.load(deps.aggregates.administrators, administratorsStream))
  return state.type === 'set_up' ? [...state.members] : []
}

describe('set-up', () => {
  test('makes the first administrator and logs them in', async () => {
    const house = await openHouse()
    const { session, token } = await succeed(settingUp(house))
    expect(await typesIn(house)).toEqual(['EmailClaimed', 'SetupCompleted', 'AccountRegistered', 'SessionGranted'])
    expect(await members(house)).toEqual([session.accountId])
    expect(await opens(house, session.sessionId, token)).toBe(true)
    await succeed(loggingIn(house))
  })

  test('with a wrong token changes nothing', async () => {
    const house = await openHouse()
    const before = { log: await wholeLog(house), hashCalls: house.counts.hashCalls }
    for (const token of ['', 'the-setup-token-of-this-hous', 'another']) {
      expect(await refusalOf(settingUp(house, ada, token))).toEqual({ type: 'invalid_credentials' })
    }
    expect({ log: await wholeLog(house), hashCalls: house.counts.hashCalls }).toEqual(before)
  })

  test('works once: afterwards every call says so and changes nothing, with whatever token, on every node', async () => {
    const house = await openHouse()
    await succeed(settingUp(house))
    house.clock.advance(3_600_000)
    const before = await wholeLog(house)
    for (const node of [house, await house.restart()]) {
      expect(await refusalOf(settingUp(node))).toEqual({ type: 'setup_done' })
      expect(await refusalOf(settingUp(node, address('grace')))).toEqual({ type: 'setup_done' })
      expect(await refusalOf(settingUp(node, address('grace'), 'another'))).toEqual({ type: 'setup_done' })
    }
    expect(await wholeLog(house)).toEqual(before)
  })

  test('refuses an address that somebody registered before, and still works for another', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    expect(await refusalOf(settingUp(house))).toEqual({ type: 'email_taken' })
    expect(await members(house)).toEqual([])
    await succeed(settingUp(house, address('grace')))
  })

  test.each([1, 2])(
    'makes exactly one administrator of fifty at once over %i nodes, and the others have their addresses back',
    async (howMany) => {
      for (let round = 0; round < 5; round++) {
        const house = await openHouse()
        const nodes = await Promise.all(Array.from({ length: howMany }, (_, n) => house.restart({ store: dawdling(round * 10 + n) })))
        const addresses = Array.from({ length: 50 }, (_, n) => address(`person-${n}`))
        const { won, lost } = await race(addresses.map((email, n) => settingUp(nodes[n % howMany] as House, email)))
        expect(won).toHaveLength(1)
        expect(new Set(lost.map(({ type }) => type))).toEqual(new Set(['setup_done']))
        expect(await members(house)).toEqual(won.map(({ session }) => session.accountId))
        expect(await countOf(house, 'AccountRegistered')).toBe(1)
        const { won: registered, lost: taken } = await race(addresses.map((email) => registering(house, email)))
        expect(registered).toHaveLength(49)
        expect(taken).toEqual([{ type: 'email_taken' }])
      }
    },
  )
})

describe('a crash between the completion of the setup and the registration', () => {
  const crash = async () => {
    const house = await openHouse()
    expect(await refusalOf(settingUp(await house.restart({ store: crashingBefore('AccountRegistered') })))).toEqual(goneAway)
    expect(await typesIn(house)).toEqual(['EmailClaimed', 'SetupCompleted'])
    return house
  }

  test('leaves the setup done for a minute', async () => {
    const house = await crash()
    house.clock.set(later(59_999))
    expect(await refusalOf(settingUp(house))).toEqual({ type: 'setup_done' })
  })

  test.each(['ada', 'grace'])('leaves it to whoever comes with the token after that: %s', async (name) => {
    const house = await crash()
    house.clock.set(later(60_000))
    const { session } = await succeed(settingUp(house, address(name)))
    expect(await members(house)).toEqual([session.accountId])
    expect(await typesOf(house, administratorsStream)).toEqual(['SetupCompleted', 'SetupReopened', 'SetupCompleted'])
    expect(await refusalOf(settingUp(house, address('alan')))).toEqual({ type: 'setup_done' })
  })

  test('is not mended by a wrong token, which changes nothing', async () => {
    const house = await crash()
    house.clock.set(later(60_000))
    const before = await wholeLog(house)
    expect(await refusalOf(settingUp(house, ada, 'another'))).toEqual({ type: 'invalid_credentials' })
    expect(await wholeLog(house)).toEqual(before)
  })

  test('leaves it to exactly one of two nodes that come after that', async () => {
    for (let round = 0; round < 20; round++) {
      const house = await crash()
      house.clock.set(later(60_000))
      const [one, other] = [await house.restart({ store: dawdling(round) }), await house.restart({ store: dawdling(round + 1000) })]
      const { won, lost } = await race([settingUp(one, address('grace')), settingUp(other, address('alan'))])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'setup_done' }])
      expect(await members(house)).toEqual(won.map(({ session }) => session.accountId))
    }
  })
})

test('a set-up that was taken over can no longer be completed, however late it comes', async () => {
  const house = await openHouse()
  const takeOver = async () => {
    house.clock.advance(60_000)
    await succeed(settingUp(house, address('grace')))
  }
  const late = await house.restart({ store: interposing('AccountRegistered', takeOver) })
  expect(await refusalOf(settingUp(late))).toEqual({ type: 'account_exists' })
  expect(await members(house)).toHaveLength(1)
  expect(await countOf(house, 'AccountRegistered')).toBe(1)
  expect(await refusalOf(loggingIn(house))).toEqual({ type: 'invalid_credentials' })
})

test('an address that was claimed for a setup done by another meanwhile is free again', async () => {
  const house = await openHouse()
  const late = await house.restart({ store: interposing('SetupCompleted', () => succeed(settingUp(house, address('grace')))) })
  expect(await refusalOf(settingUp(late))).toEqual({ type: 'setup_done' })
  await succeed(registering(house, ada, otherPassword))
})
