import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { eraseAccount } from '../../../application/accounts/erase-account.ts'
import { eraseUnknownAttempts } from '../../../application/login/erase-unknown-attempts.ts'
import type { EventStore, PayloadErasure } from '../../../application/ports/event-store.ts'
import { emailClaimStream } from '../../../domain/kernel/streams.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, guess, loggingIn, loginStreamOf, registering } from '../../support/test-app/people.ts'
import { counting, crashingBefore, goneAway } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const day = 86_400_000
const nobody = address('nobody')

const run = ({ deps, store }: Pick<TestApp, 'deps' | 'store'>, options: { isStopped?: () => boolean } = {}) =>
  eraseUnknownAttempts(deps, store, { retention: 30 * day, pause: async () => {}, isStopped: () => false, ...options })

const erase = async (app: Pick<TestApp, 'deps' | 'store'>) => expect(await run(app)).toEqual(right(undefined))

const typesOf = async (app: TestApp, email = nobody) => (await succeed(app.store.read(loginStreamOf(app, email)))).map(({ type }) => type)
const erasedOf = async (app: TestApp, email = nobody) => (await typesOf(app, email)).map((type) => type === 'LoginPayloadErased')

test('attempts at a name that nobody has lose their payload after 30 days, and not a moment before', async () => {
  const app = await openTestApp()
  await guess(app, 2, nobody)
  app.clock.advance(30 * day)
  await erase(app)
  expect(await typesOf(app)).toEqual(['LoginAttempted', 'PasswordRejected', 'LoginAttempted', 'PasswordRejected'])
  app.clock.advance(1)
  await erase(app)
  expect(await typesOf(app)).toEqual([...Array(4).fill('LoginPayloadErased'), 'LoginSummarized'])
})

test('attempts at a name that somebody has stay as they are', async () => {
  const app = await openTestApp()
  await succeed(registering(app))
  await guess(app, 7)
  const before = await succeed(app.store.read(loginStreamOf(app)))
  app.clock.advance(90 * day)
  await erase(app)
  expect(await succeed(app.store.read(loginStreamOf(app)))).toEqual(before)
})

test('a second run adds nothing, and the summary goes when later attempts do', async () => {
  const app = await openTestApp()
  await guess(app, 1, nobody)
  app.clock.advance(31 * day)
  await erase(app)
  const head = await succeed(app.store.head())
  for (const days of [0, 1, 40]) {
    app.clock.advance(days * day)
    await erase(app)
    expect(await succeed(app.store.head())).toBe(head)
  }
  await guess(app, 1, nobody)
  app.clock.advance(20 * day)
  await guess(app, 1, nobody)
  await erase(app)
  expect(await erasedOf(app)).toEqual([true, true, false, false, false, false, false])
  app.clock.advance(11 * day)
  await erase(app)
  expect(await erasedOf(app)).toEqual([true, true, true, true, true, false, false, false])
  app.clock.advance(20 * day)
  await erase(app)
  expect(await erasedOf(app)).toEqual([...Array(7).fill(true), false])
})

test('what was tried while somebody had the name goes once the name was released for 30 days', async () => {
  const app = await openTestApp()
  const { session } = await succeed(registering(app))
  await succeed(loggingIn(app))
  await guess(app, 1)
  app.clock.advance(40 * day)
  await erase(app)
  const { accountId } = session
  await succeed(eraseAccount(app.deps)({ accountId, because: 'requested_by_owner', actor: accountId }, app.caller))
  await guess(app, 1)
  app.clock.advance(29 * day)
  await erase(app)
  expect((await erasedOf(app, ada)).some(Boolean)).toBe(false)
  app.clock.advance(2 * day)
  await erase(app)
  expect(await erasedOf(app, ada)).toEqual([...Array(6).fill(true), false])
  expect((await succeed(app.store.read(emailClaimStream(app.deps.crypto.indexEmail(ada))))).map(({ type }) => type)).toEqual([
    'EmailClaimed',
    'EmailReleased',
  ])
})

/** What a stranger sees of seven more attempts, and what they cost the store. */
const probed = async (app: TestApp, counts: { reads: number; appends: number }, email: typeof ada) => {
  const seen = []
  for (let n = 0; n < 7; n++) {
    const before = { ...counts }
    const [outcome] = await guess(app, 1, email)
    const refusal = outcome !== undefined && isLeft(outcome) ? outcome.left : null
    const wait = refusal?.type === 'locked_out' ? refusal.until - app.clock.now() : null
    seen.push({ refusal: refusal?.type, wait, reads: counts.reads - before.reads, appends: counts.appends - before.appends })
    if (n % 3 === 2) app.clock.advance(3 * 60_000)
  }
  return seen
}

test.each([
  ['goes on', false],
  ['was started again', true],
])('a known name and one whose attempts were erased answer and cost the same, where the process %s', async (_, restarted) => {
  const app = await openTestApp()
  const { session } = await succeed(registering(app))
  for (const email of [ada, nobody]) await guess(app, 8, email)
  app.clock.advance(31 * day)
  const { counts, store } = counting(app.store)
  const observed = await app.restart({ store: () => store })
  await erase({ deps: observed.deps, store: { ...app.store, ...store } as EventStore & PayloadErasure })
  expect((await erasedOf(app)).filter(Boolean).length).toBeGreaterThan(10)
  const node = restarted ? await app.restart({ store: () => store }) : observed
  // The first use of a key reads it, and the key of the month is used by all unknown names.
  await succeed(node.deps.crypto.vault.seal(session.accountId, 'address', 'any'))
  await guess(node, 1, address('other'))
  const known = await probed(node, counts, ada)
  expect(await probed(node, counts, nobody)).toEqual(known)
  expect(known.map(({ refusal }) => refusal)).toContain('locked_out')
})

test('a run that fails goes on where it was, and one that is stopped ends', async () => {
  const app = await openTestApp()
  const names = ['one', 'two', 'three'].map(address)
  for (const name of names) await guess(app, 1, name)
  app.clock.advance(31 * day)
  const { deps } = await app.restart({ store: crashingBefore('LoginSummarized') })
  expect(await run({ deps, store: app.store })).toEqual(left(goneAway))
  expect(await succeed(app.store.erasedThrough('unknown_names'))).toBe(0)
  let turns = 0
  expect(await run(app, { isStopped: () => ++turns > 2 })).toEqual(right(undefined))
  expect((await Promise.all(names.map((name) => erasedOf(app, name)))).map(([first]) => first)).toEqual([true, true, false])
  await erase(app)
  expect((await Promise.all(names.map((name) => erasedOf(app, name)))).map(([first]) => first)).toEqual([true, true, true])
  expect(await succeed(app.store.erasedThrough('unknown_names'))).toBeGreaterThan(6)
})
