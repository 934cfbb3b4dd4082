import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { eraseOldOrigins, type RetainedKind } from '../../../application/login/erase-old-origins.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, guess, loggingIn, loginStreamOf, opens, registering, wrongPassword } from '../../support/test-app/people.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const day = 86_400_000

const run = (app: TestApp, kind: RetainedKind, options: { isStopped?: () => boolean; days?: number } = {}) => {
  const { isStopped = () => false, days = 10 } = options
  return eraseOldOrigins(app.deps, app.store, kind, { retention: days * day, pause: async () => {}, isStopped })
}
const erase = async (app: TestApp, kind: RetainedKind, days = 10) => expect(await run(app, kind, { days })).toEqual(right(undefined))
const typesIn = async (app: TestApp, stream: string) => (await succeed(app.store.read(stream))).map(({ type }) => type)
const head = (app: TestApp) => succeed(app.store.head())

test('attempts lose their payload after the time, known name or not, and nothing else of the login does', async () => {
  const app = await openTestApp()
  await succeed(registering(app))
  await guess(app, 6)
  await guess(app, 1, address('nobody'))
  app.clock.advance(10 * day)
  await erase(app, 'attempts')
  expect(await typesIn(app, loginStreamOf(app))).not.toContain('LoginPayloadErased')
  app.clock.advance(1)
  const before = await typesIn(app, loginStreamOf(app))
  await erase(app, 'attempts')
  const expected = before.map((type) => (type === 'LoginAttempted' ? 'LoginPayloadErased' : type))
  expect(await typesIn(app, loginStreamOf(app))).toEqual([...expected, 'LoginSummarized'])
  expect(expected).toContain('LoginLocked')
  expect(await typesIn(app, loginStreamOf(app, address('nobody')))).toEqual(['LoginPayloadErased', 'PasswordRejected', 'LoginSummarized'])
  expect(JSON.stringify(await succeed(app.store.read(loginStreamOf(app))))).not.toMatch(/ipAddress|networkIndex|userAgent/)
})

test('one summary does for all the time of the retention, and a run again adds nothing', async () => {
  const app = await openTestApp()
  await succeed(registering(app))
  for (let n = 0; n < 40; n++) {
    await succeed(loggingIn(app))
    app.clock.advance(day)
    await erase(app, 'attempts')
    const length = await head(app)
    await erase(app, 'attempts')
    expect(await head(app)).toBe(length)
  }
  const types = await typesIn(app, loginStreamOf(app))
  expect(types.filter((type) => type === 'LoginSummarized').length).toBeLessThanOrEqual(4)
  expect(types.filter((type) => type === 'LoginAttempted').length).toBeLessThanOrEqual(11)
})

test('locks and their length are those of an app that erases nothing, also after a restart', async () => {
  const [kept, erased] = [await openTestApp(), await openTestApp()]
  for (const app of [kept, erased]) {
    await succeed(registering(app))
    await guess(app, 5)
    app.clock.advance(11 * day)
  }
  await erase(erased, 'attempts')
  const outcomes = async (app: TestApp) => {
    const restarted = { ...app, ...(await app.restart()) }
    const found = []
    for (let n = 0; n < 7; n++) found.push(await loggingIn(restarted, ada, wrongPassword)())
    return found
  }
  expect(await outcomes(erased)).toEqual(await outcomes(kept))
})

test('a session keeps its grant while it may live, however short the time is', async () => {
  const app = await openTestApp()
  const { session, token } = await succeed(registering(app))
  const stream = `session-${session.sessionId}`
  for (let n = 0; n < 20; n++) {
    app.clock.advance(day - 1)
    await erase(app, 'sessions', 1)
  }
  expect(await typesIn(app, stream)).toEqual(['SessionGranted'])
  app.clock.advance(11 * day)
  await erase(app, 'sessions', 1)
  expect(await typesIn(app, stream)).toEqual(['SessionPayloadErased'])
  const restarted = { ...app, ...(await app.restart()) }
  expect(await opens(restarted, session.sessionId, token)).toBe(false)
})

test('a run that is stopped is done by the next one', async () => {
  const app = await openTestApp()
  const { session } = await succeed(registering(app))
  for (const name of ['a', 'b', 'c', 'd']) await guess(app, 1, address(name))
  app.clock.advance(31 * day)
  for (let steps = 0; steps < 4; steps++) {
    for (const kind of ['attempts', 'sessions'] as const) {
      let left = steps
      expect(await run(app, kind, { isStopped: () => left-- === 0 })).toEqual(right(undefined))
    }
  }
  await erase(app, 'attempts')
  await erase(app, 'sessions')
  for (const name of ['a', 'b', 'c', 'd']) {
    expect(await typesIn(app, loginStreamOf(app, address(name)))).toEqual(['LoginPayloadErased', 'PasswordRejected', 'LoginSummarized'])
  }
  expect(await typesIn(app, `session-${session.sessionId}`)).toEqual(['SessionPayloadErased'])
})
