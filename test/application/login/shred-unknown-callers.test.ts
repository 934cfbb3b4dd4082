import { left, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { shredUnknownCallers } from '../../../application/login/shred-unknown-callers.ts'
import { unknownCallersOf } from '../../../application/sessions/seal-origin.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, guess, loginStreamOf, registering } from '../../support/test-app/people.ts'
import { openTestApp } from '../../support/test-app.ts'

const at = (text: string) => instant(Date.parse(text))
const gone = left({ type: 'key_shredded' })

test('the key of a month is deleted once the month ended the given number of days ago, and stays deleted', async () => {
  const { deps, clock } = await openTestApp()
  const { vault } = deps.crypto
  const june = await succeed(vault.seal(unknownCallersOf(clock.now()), 'address', '192.0.2.7'))
  clock.set(at('2026-07-05T00:00:00.000Z'))
  const july = await succeed(vault.seal(unknownCallersOf(clock.now()), 'address', '192.0.2.8'))
  clock.set(at('2026-07-30T23:59:59.999Z'))
  expect((await shredUnknownCallers(deps, 30)).owed).toBe(0)
  expect(await vault.unseal('address', june)()).toEqual(right('192.0.2.7'))
  clock.set(at('2026-07-31T00:00:00.000Z'))
  expect((await shredUnknownCallers(deps, 30)).due).toContain('unknown-callers-2026-06')
  expect(await vault.unseal('address', june)()).toEqual(gone)
  expect(await vault.unseal('address', july)()).toEqual(right('192.0.2.8'))
  expect((await shredUnknownCallers(deps, 30)).owed).toBe(0)
})

test('months are found across a new year, and back to ten years', async () => {
  const { deps, clock } = await openTestApp()
  const all = []
  for (const month of ['2026-12', '2027-01', '2027-02']) {
    clock.set(at(`${month}-15T00:00:00.000Z`))
    all.push(await succeed(deps.crypto.vault.seal(unknownCallersOf(clock.now()), 'address', '192.0.2.7')))
  }
  clock.set(at('2027-03-01T00:00:00.000Z'))
  await shredUnknownCallers(deps, 1)
  expect(await Promise.all(all.map((sealed) => deps.crypto.vault.unseal('address', sealed)()))).toEqual([gone, gone, right('192.0.2.7')])
  clock.set(at('2037-01-15T00:00:00.000Z'))
  await shredUnknownCallers(deps, 1)
  expect(await deps.crypto.vault.unseal('address', all[2] ?? ('' as never))()).toEqual(gone)
})

test('an attempt from before the account is not readable for ever', async () => {
  const app = await openTestApp()
  await guess(app, 1)
  await succeed(registering(app))
  const [attempt] = await succeed(app.store.read(loginStreamOf(app, ada)))
  const sealed = Object(attempt?.data).ipAddress
  expect(await app.deps.crypto.vault.unseal('address', sealed)()).toEqual(right('192.0.2.7'))
  app.clock.advance(62 * 86_400_000)
  await shredUnknownCallers(app.deps, 30)
  expect(await app.deps.crypto.vault.unseal('address', sealed)()).toEqual(gone)
  expect(await guess(app, 1)).toEqual([left({ type: 'invalid_credentials' })])
})

test('a key that could not be deleted is counted, and deleted the next time', async () => {
  const { deps, clock, restart } = await openTestApp()
  const sealed = await succeed(deps.crypto.vault.seal(unknownCallersOf(clock.now()), 'address', '192.0.2.7'))
  clock.advance(62 * 86_400_000)
  const failing = await restart({
    store: (store) => ({ ...store, deleteKeyStream: () => async () => left({ type: 'unavailable', detail: 'a test' }) }),
  })
  expect((await shredUnknownCallers(failing.deps, 30)).owed).toBe(1)
  expect((await shredUnknownCallers(deps, 30)).owed).toBe(0)
  expect(await deps.crypto.vault.unseal('address', sealed)()).toEqual(gone)
})
