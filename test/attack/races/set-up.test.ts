import { describe, expect, test } from 'vitest'
import { streams } from '../../../application/journal/streams.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { address, registering, settingUp } from '../../support/test-app/people.ts'
import { crashingBefore, delaying, goneAway } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const members = async ({ deps }: TestApp) => {
  const { state } = await succeed(deps.journal.load(streams.administrators))
  return state.type === 'set_up' ? [...state.members] : []
}

describe('set-up', () => {
  test.each([1, 2])(
    'makes exactly one administrator of fifty at once over %i nodes, and the others have their addresses back',
    async (howMany) => {
      for (let round = 0; round < 5; round++) {
        const app = await openTestApp()
        const nodes = await Promise.all(Array.from({ length: howMany }, (_, n) => app.restart({ store: delaying(round * 10 + n) })))
        const addresses = Array.from({ length: 50 }, (_, n) => address(`person-${n}`))
        const { won, lost } = await race(addresses.map((email, n) => settingUp(nodes[n % howMany] as TestApp, email)))
        expect(won).toHaveLength(1)
        expect(new Set(lost.map(({ type }) => type))).toEqual(new Set(['setup_done']))
        expect(await members(app)).toEqual(won.map(({ session }) => session.accountId))
        expect(await countOf(app, 'AccountRegistered')).toBe(1)
        const { won: registered, lost: taken } = await race(addresses.map((email) => registering(app, email)))
        expect(registered).toHaveLength(49)
        expect(taken).toEqual([{ type: 'email_taken' }])
      }
    },
  )
})

describe('a crash between the completion of the setup and the registration', () => {
  const crash = async () => {
    const app = await openTestApp()
    expect(await refusalOf(settingUp(await app.restart({ store: crashingBefore('AccountRegistered') })))).toEqual(goneAway)
    expect(await typesIn(app)).toEqual(['EmailClaimed', 'SetupCompleted'])
    return app
  }

  test('leaves it to exactly one of two nodes that come after that', async () => {
    for (let round = 0; round < 20; round++) {
      const app = await crash()
      app.clock.set(later(60_000))
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const { won, lost } = await race([settingUp(one, address('grace')), settingUp(other, address('alan'))])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'setup_done' }])
      expect(await members(app)).toEqual(won.map(({ session }) => session.accountId))
    }
  })
})
