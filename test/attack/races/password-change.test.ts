import { describe, expect, test } from 'vitest'
import { changePassword } from '../../../application/passwords/change-password.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import { countOf } from '../../support/test-app/log.ts'
import { race, succeed } from '../../support/test-app/outcomes.ts'
import { ada, loggingIn, otherPassword, password, registering } from '../../support/test-app/people.ts'
import { delaying } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const changing = (
  { deps, caller }: TestApp,
  { session: { accountId, sessionId } }: IssuedSession,
  to = otherPassword,
  current = password,
) => changePassword(deps)({ accountId, sessionId, currentPassword: current, newPassword: to }, caller)

const open = async () => {
  const app = await openTestApp()
  return { app, own: await succeed(registering(app)), other: await succeed(loggingIn(app)) }
}

describe('a change of password', () => {
  test('twice at once happens once, over two nodes, from one session or from two', async () => {
    for (let round = 0; round < 50; round++) {
      const { app, own, other } = await open()
      const nodes = [await app.restart({ store: delaying(round) }), await app.restart({ store: delaying(round + 1000) })] as const
      const second = round % 2 === 0 ? own : other
      const { won, lost } = await race([
        changing(nodes[0], own, 'the first of the two'),
        changing(nodes[1], second, 'the second of the two'),
      ])
      expect(won).toHaveLength(1)
      expect(['password_outdated', 'session_ended', 'invalid_credentials']).toContain(lost[0]?.type)
      expect(await countOf(app, 'PasswordReplaced')).toBe(1)
      const { won: accepted } = await race([loggingIn(app, ada, 'the first of the two'), loggingIn(app, ada, 'the second of the two')])
      expect(accepted).toHaveLength(1)
    }
  })
})
