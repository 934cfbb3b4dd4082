import { describe, expect, test } from 'vitest'
import { typesOf } from '../support/test-app/log.ts'
import { race, succeed } from '../support/test-app/outcomes.ts'
import { ada, loggingIn, loginStreamOf, password, registering, wrongPassword } from '../support/test-app/people.ts'
import { delaying } from '../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const maxAttempts = 5
const guesses = 200
const rounds = 20

/** In every other round the right password comes first, on a node without delays. In the others it stands anywhere. */
const inFront = (round: number) => round % 2 === 0
const placeOfTheRightOne = (round: number) => (inFront(round) ? 0 : (round * 37) % guesses)

const guessAtOnce = (nodes: readonly TestApp[], round: number) =>
  race(
    Array.from({ length: guesses }, (_, n) => {
      const given = n === placeOfTheRightOne(round) ? password : `${wrongPassword} ${n}`
      return loggingIn(nodes[n % nodes.length] as TestApp, ada, given)
    }),
  )

const attemptsIn = (types: readonly string[]) => types.filter((type) => type === 'LoginAttempted').length

const play = async (howMany: number, round: number) => {
  const app = await openTestApp()
  await succeed(registering(app))
  const nodes = await Promise.all(
    Array.from({ length: howMany }, (_, n) => app.restart(inFront(round) && n === 0 ? {} : { store: delaying(round * 31 + n) })),
  )
  const before = app.counts.hashCalls
  const { won, lost } = await guessAtOnce(nodes, round)
  return { won: won.length, lost, types: await typesOf(app, loginStreamOf(app)), hashCalls: app.counts.hashCalls - before }
}

describe.each([1, 3])('of two hundred guesses at once, the right one among them, over %i nodes', (howMany) => {
  test(`${maxAttempts} at most are checked before a lock, by the count of hash calls and by events`, async () => {
    let winners = 0
    for (let round = 0; round < rounds; round++) {
      const { won, lost, types, hashCalls } = await play(howMany, round)
      winners += won
      const firstLock = types.indexOf('LoginLocked')
      const sinceSuccess = types.slice(0, firstLock).lastIndexOf('PasswordAccepted') + 1
      expect(firstLock).toBeGreaterThan(0)
      expect(attemptsIn(types.slice(sinceSuccess, firstLock))).toBeLessThanOrEqual(maxAttempts)
      expect(attemptsIn(types.slice(firstLock))).toBe(0)
      expect(hashCalls).toBe(attemptsIn(types))
      expect(hashCalls).toBeLessThanOrEqual(maxAttempts * (1 + won))
      expect(lost.filter(({ type }) => type === 'locked_out').length).toBe(guesses - hashCalls)
      expect(types.filter((type) => type === 'PasswordAccepted')).toHaveLength(won)
    }
    expect(winners).toBeGreaterThan(0)
    expect(winners).toBeLessThan(rounds)
  })
})
