import { describe, expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { countOf } from '../../support/test-app/log.ts'
import { race, succeed } from '../../support/test-app/outcomes.ts'
import { ada, loggingIn, otherPassword, registering } from '../../support/test-app/people.ts'
import { delaying } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const erasing = ({ deps, caller }: TestApp, { session: { accountId } }: IssuedSession) =>
  eraseAccount(deps)({ accountId, because: 'requested_by_owner', actor: accountId }, caller)

const open = async () => {
  const app = await openTestApp()
  return { app, own: await succeed(registering(app)) }
}

describe('erasure', () => {
  test('at once with a new registration of the address leaves one owner or none, over two nodes', async () => {
    for (let round = 0; round < 20; round++) {
      const { app, own } = await open()
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const { won } = await race<unknown, unknown>([erasing(one, own), registering(other, ada, otherPassword)])
      expect(won.length).toBeGreaterThanOrEqual(1)
      expect(await countOf(app, 'AccountRegistered')).toBe(won.length)
      expect((await loggingIn(app, ada, otherPassword)())._tag).toBe(won.length === 2 ? 'Right' : 'Left')
    }
  })
})
