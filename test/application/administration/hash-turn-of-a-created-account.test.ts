import { expect, test } from 'vitest'
import { createAccount } from '../../../application/administration/create-account.ts'
import type { HashTurn } from '../../../application/ports/hasher.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { address, password, registering } from '../../support/test-app/people.ts'
import { openTestApp } from '../../support/test-app.ts'

test('an account that is created with a password takes the turn of its administrator, and an invited one takes none', async () => {
  const app = await openTestApp()
  const { session } = await succeed(registering(app))
  const turns: HashTurn[] = []
  const { hasher } = app.deps.crypto
  const crypto = {
    ...app.deps.crypto,
    hasher: {
      ...hasher,
      hash: (plain: string, turn: HashTurn) => {
        turns.push(turn)
        return hasher.hash(plain, turn)
      },
    },
  }
  const create = (name: string, chosen: string | null) =>
    createAccount({ ...app.deps, crypto })(
      { email: address(name), password: chosen, roles: [], claims: {}, actor: session.accountId },
      app.caller,
    )()
  await create('grace', password)
  await create('hopper', null)
  expect(turns).toEqual([{ network: expect.any(String), account: session.accountId }])
})
