import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { attemptsIn, guessAtOnce, longestRun, mostChecked, outcomesOf } from '../../attack/support/guesses.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openLogReader } from '../support/log-reader.ts'
import { startNodes } from '../support/nodes.ts'
import { roundsOr } from '../support/rounds.ts'
import { startStoreServer } from '../support/store-server.ts'

const rounds = roundsOr(2)
const guesses = 300
const limit = 5

const store = await startStoreServer()
const nodes = await startNodes(store, 3, { LOGIN_MAX_ATTEMPTS: String(limit) })
const logReader = await openLogReader(store.url)
afterAll(async () => {
  await logReader.close()
  await nodes.stop()
  nodes.remove()
  await store.stop()
})

/** The number of passwords that all processes have checked, by their metrics. */
const checked = async () => {
  const outcomes = ['accepted', 'rejected'].map((outcome) => `gatebook_password_checks_total{outcome="${outcome}"}`)
  const counts = await Promise.all(nodes.all.flatMap(({ metric }) => outcomes.map(metric)))
  return counts.reduce((sum, count) => sum + count, 0)
}

describe(`${guesses} parallel guesses over three nodes with the right password among them, ${rounds} rounds`, () => {
  test('are never more than the limit before the lock', async () => {
    const random = seededRandom()
    let accepted = 0
    for (let round = 0; round < rounds; round++) {
      const email = `guessed-${randomUUID()}@example.org`
      await nodes.at(round).register({ email })
      // At a random place the right one is hardly ever among those that are checked.
      const before = { head: await logReader.head(), checked: await checked() }
      const { codes } = outcomesOf(await guessAtOnce(nodes.all, email, guesses, random, round % 2 === 0 ? undefined : 0))
      const events = await logReader.since(before.head)
      const acceptances = events.filter(({ type }) => type === 'PasswordAccepted').length
      expect(acceptances).toBeLessThanOrEqual(1)
      expect(codes).toContain('LOCKED_OUT')
      expect(longestRun(events)).toBe(limit)
      expect(attemptsIn(events)).toBeLessThanOrEqual(mostChecked(limit, acceptances))
      expect((await checked()) - before.checked).toBeLessThanOrEqual(attemptsIn(events))
      accepted += acceptances
    }
    process.stderr.write(
      `${rounds} rounds of ${guesses} guesses over three nodes: the right one was among those checked ${accepted} times\n`,
    )
  })
})
