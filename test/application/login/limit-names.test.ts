import { isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { logIn } from '../../../application/login/log-in.ts'
import type { EmailAddress } from '../../../domain/account/email-address.ts'
import { wholeLog } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, guess, loggingIn, password, registering, wrongPassword } from '../../support/test-app/people.ts'
import { counting, crashingBefore } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const budget = 3

const fail = (app: TestApp, name: string) => refusalOf(loggingIn(app, address(name), wrongPassword))
const spend = async (app: TestApp) => {
  for (let n = 0; n < budget; n++) expect(await fail(app, `spent${n}`)).toEqual({ type: 'invalid_credentials' })
}
const elsewhere = (app: TestApp): TestApp => ({ ...app, caller: { ...app.caller, networks: ['198.51.100.1'] } })
const namesThatPass = async (app: TestApp, howMany = 10) => {
  const outcomes = []
  for (let n = 0; n < howMany; n++) outcomes.push(await fail(app, `other${n}`))
  return outcomes.filter(({ type }) => type !== 'names_spent').length
}

describe('when a network has failed at as many names as it may', () => {
  test('no other name is checked, counted or recorded, and the wait is named', async () => {
    const app = await openTestApp({ namesPerHour: budget })
    await succeed(registering(app))
    await spend(app)
    const [events, hashes] = [(await wholeLog(app)).length, app.counts.hashCalls]
    for (const email of [ada, address('nobody')])
      expect(await refusalOf(loggingIn(app, email))).toEqual({ type: 'names_spent', retryAfter: 1200 })
    expect(await wholeLog(app)).toHaveLength(events)
    expect(app.counts.hashCalls).toBe(hashes)
    await succeed(loggingIn(elsewhere(app)))
  })

  test('a known and an unknown name cost the store the same', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const { counts, store } = counting(app.store)
    const node = await app.restart({ store: () => store, namesPerHour: budget })
    await spend(node)
    const costOf = async (email: EmailAddress) => {
      const before = { ...counts }
      expect(await refusalOf(loggingIn(node, email))).toMatchObject({ type: 'names_spent' })
      return { reads: counts.reads - before.reads, appends: counts.appends - before.appends }
    }
    const unknown = await costOf(address('nobody'))
    expect(unknown.appends).toBe(0)
    expect(await costOf(ada)).toEqual(unknown)
  })

  test('a device that the account knows is checked, and no other device', async () => {
    const app = await openTestApp({ namesPerHour: budget })
    const cookieOf = async (email: EmailAddress) => {
      await succeed(registering(app, email))
      const outcome = await succeed(logIn(app.deps)({ email, password, transport: 'cookie' }, app.caller))
      return 'deviceToken' in outcome ? outcome.deviceToken : null
    }
    const [own, foreign] = [await cookieOf(ada), await cookieOf(address('grace'))]
    await spend(app)
    const from = (device: string | null) => logIn(app.deps)({ email: ada, password, transport: 'cookie' }, { ...app.caller, device })
    for (const device of [null, foreign, `${own}x`]) expect(await refusalOf(from(device))).toMatchObject({ type: 'names_spent' })
    expect(await succeed(from(own))).toMatchObject({ type: 'authenticated' })
  })
})

describe('no place is taken', () => {
  test('by right passwords, in sequence or at once', async () => {
    const app = await openTestApp({ namesPerHour: budget })
    const people = Array.from({ length: 3 * budget }, (_, n) => address(`p${n}`))
    for (const email of people) await succeed(registering(app, email))
    for (const email of people) await succeed(loggingIn(app, email))
    const { won, lost } = await race(people.map((email) => loggingIn(app, email)))
    expect([won.length, lost.length]).toEqual([budget, 2 * budget])
    expect(await namesThatPass(app)).toBe(budget)
  })

  test('by names that others locked', async () => {
    const app = await openTestApp({ namesPerHour: budget })
    await guess(elsewhere(app), 5)
    for (let n = 0; n < 5; n++) expect(await refusalOf(loggingIn(app))).toMatchObject({ type: 'locked_out' })
    expect(await namesThatPass(app)).toBe(budget)
  })

  test('while the server has no time, or the store is away', async () => {
    const app = await openTestApp()
    const overloaded = left({ type: 'overloaded' as const, retryAfter: 1 })
    let isBusy = true
    const busy = await app.restart({
      namesPerHour: budget,
      hasher: (hasher) => ({ ...hasher, reserve: (turn) => (isBusy ? overloaded : hasher.reserve(turn)) }),
    })
    let isAway = true
    const away = await app.restart({
      namesPerHour: budget,
      store: (store) => ({
        ...store,
        append: (...what) => (isAway ? crashingBefore('LoginAttempted')(store) : store).append(...what),
      }),
    })
    expect(await namesThatPass(busy)).toBe(10)
    expect(await namesThatPass(away)).toBe(10)
    isBusy = false
    isAway = false
    expect(await namesThatPass(busy)).toBe(budget)
    expect(await namesThatPass(elsewhere(away))).toBe(budget)
    expect(await namesThatPass(away)).toBe(budget)
  })

  test('by a name that failed already: it is checked until it locks', async () => {
    const app = await openTestApp({ namesPerHour: budget })
    await succeed(registering(app))
    expect((await guess(app, 2)).some(isRight)).toBe(false)
    expect(await namesThatPass(app)).toBe(budget - 1)
    await succeed(loggingIn(app))
  })
})

test('never more names than the budget are checked, however many are tried at once', async () => {
  const app = await openTestApp({ namesPerHour: budget })
  const guesses = Array.from({ length: 90 }, (_, n) => loggingIn(app, address(`name${n % 30}`), wrongPassword))
  const { lost } = await race(guesses)
  const attempted = (await wholeLog(app)).filter(({ type }) => type === 'LoginAttempted')
  expect(new Set(attempted.map(({ stream }) => stream)).size).toBe(budget)
  expect(lost.filter(({ type }) => type === 'names_spent')).toHaveLength(90 - 3 * budget)
})
