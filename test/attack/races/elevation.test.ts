import { describe, expect, test } from 'vitest'

import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { countOf } from '../../support/test-app/log.ts'
import { race, succeed } from '../../support/test-app/outcomes.ts'
import { elevating, opens, registering } from '../../support/test-app/people.ts'
import { delaying } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

type IssuedToken = { session: IssuedSession['session']; token: string }

const isOpen = (app: TestApp, { session, token }: IssuedToken) => opens(app, session.sessionId, token)

const open = async () => {
  const app = await openTestApp()
  return { app, first: await succeed(registering(app)) }
}

describe('elevation', () => {
  test('with one token twice at once is granted once, over two nodes', async () => {
    for (let round = 0; round < 50; round++) {
      const { app, first } = await open()
      const [one, other] = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })]
      const { won, lost } = await race([elevating(one, first), elevating(other, first)])
      expect(won).toHaveLength(1)
      expect(lost).toEqual([{ type: 'session_not_active' }])
      expect(await countOf(app, 'SessionElevated')).toBe(1)
      for (const winner of won) expect(await isOpen(app, winner)).toBe(true)
    }
  })
})
