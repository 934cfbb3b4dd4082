import { describe, expect, test } from 'vitest'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { systemKeys } from '../../../infrastructure/sealing/keys/system-key.ts'
import { later } from '../../support/domain/time.ts'
import { countOf, typesIn, wholeLog } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { loggingIn, registering } from '../../support/test-app/people.ts'
import { crashingBefore, delaying, goneAway } from '../../support/test-app/stores.ts'
import { openTestApp } from '../../support/test-app.ts'

describe('registration', () => {
  test('gives one address to exactly one of two nodes, and the other leaves no trace', async () => {
    for (let round = 0; round < 50; round++) {
      const app = await openTestApp()
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const { won, lost } = await race([registering(one), registering(other)])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'email_taken' }])
      expect(await typesIn(app)).toEqual(['EmailClaimed', 'AccountRegistered', 'SessionGranted'])
      const keys = (await wholeLog(app)).filter(({ type }) => type === 'DataKeyWrapped')
      const ofTheSystem = Object.values(systemKeys).map(dataKeyStream)
      expect(keys.filter(({ stream }) => !ofTheSystem.includes(stream))).toHaveLength(1)
      await succeed(loggingIn(app))
    }
  })
})

describe('a crash between the claim of an address and its registration', () => {
  const crash = async () => {
    const app = await openTestApp()
    expect(await refusalOf(registering(await app.restart({ store: crashingBefore('AccountRegistered') })))).toEqual(goneAway)
    expect(await typesIn(app)).toEqual(['EmailClaimed'])
    return app
  }

  test('leaves it to exactly one of two nodes that come after that', async () => {
    for (let round = 0; round < 50; round++) {
      const app = await crash()
      app.clock.set(later(60_000))
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const { won, lost } = await race([registering(one), registering(other)])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'email_taken' }])
      expect(await countOf(app, 'AccountRegistered')).toBe(1)
      expect(await countOf(app, 'RegistrationAbandoned')).toBe(1)
      await succeed(loggingIn(app))
    }
  })
})
