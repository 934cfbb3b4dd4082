import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../application/caller.ts'
import { logIn } from '../../../application/login/log-in.ts'
import { changePassword } from '../../../application/passwords/change-password.ts'
import { requestPasswordReset, resetPassword } from '../../../application/passwords/reset-password.ts'
import type { HashTurn } from '../../../application/ports/hasher.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, elevating, otherPassword, password, registering, wrongPassword } from '../../support/test-app/people.ts'
import { openTestApp } from '../../support/test-app.ts'

const networks = ['2001:db8:1:2', '2001:db8:1:0', '2001:db8:1'] as const
const network = networks[2]
const stranger = { network, account: null }

/** Ada, who is registered, and the turns that were asked for since. */
const watched = async ({ passes = 1 } = {}) => {
  const first = await openTestApp()
  const who = await succeed(registering(first))
  const turns: HashTurn[] = []
  const app = await first.restart({
    passes,
    hasher: ({ hash, reserve, ...imported }) => ({
      ...imported,
      hash: (text, turn) => {
        turns.push(turn)
        return hash(text, turn)
      },
      reserve: (turn) => {
        turns.push(turn)
        return reserve(turn)
      },
    }),
  })
  const caller: Caller = { ...app.caller, networks }
  const own = { network, account: who.session.accountId }
  return { app: { ...app, caller }, caller, turns, who, own }
}

const logInAs = (app: Parameters<typeof elevating>[0], email = ada, given = password, device: string | null = null) =>
  logIn(app.deps)({ email, password: given, transport: 'cookie' }, { ...app.caller, device })

describe('a turn at the hash', () => {
  test('is the one of a stranger for known and unknown names, right and wrong passwords, and devices of others', async () => {
    const { app, turns } = await watched()
    for (const [email, given] of [
      [ada, wrongPassword],
      [address('nobody'), wrongPassword],
      [ada, password],
    ] as const)
      for (const device of [null, 'made up']) await logInAs(app, email, given, device)()
    expect(turns).toEqual(Array.from({ length: 6 }, () => stranger))
  })

  test('is the one of the account on a known device, and for no other account there', async () => {
    const { app, turns, own } = await watched()
    const outcome = await succeed(logInAs(app))
    const device = outcome.type === 'authenticated' ? outcome.deviceToken : null
    await logInAs(app, ada, wrongPassword, device)()
    await logInAs(app, address('nobody'), wrongPassword, device)()
    expect(turns).toEqual([stranger, own, stranger])
  })

  test('is the one of the account behind a session, for a new hash after a right password, and with a mailed link', async () => {
    const { app, caller, turns, who, own } = await watched({ passes: 2 })
    const { accountId, sessionId } = who.session
    await succeed(elevating(app, who))
    await succeed(changePassword(app.deps)({ accountId, sessionId, currentPassword: password, newPassword: otherPassword }, caller))
    await succeed(requestPasswordReset(app.deps)(ada, caller))
    const token = app.mails.at(-1)?.text.match(/#(\S+)/)?.[1] ?? ''
    await succeed(resetPassword(app.deps)({ token, newPassword: password }, caller))
    expect(turns).toEqual(Array.from({ length: 5 }, () => own))
  })

  test('is the one of the account for a hash of lower cost that is renewed, after one of a stranger', async () => {
    const { app, turns, own } = await watched({ passes: 2 })
    await succeed(logInAs(app))
    expect(turns).toEqual([stranger, own])
  })

  test('is the one of a stranger for a registration', async () => {
    const { app, turns } = await watched()
    await succeed(registering(app, address('grace')))
    expect(turns).toEqual([stranger])
  })
})
