import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/event-store.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { type Answer, person, type stepsOf } from '../support/server/client.ts'
import { inProcess } from '../support/server/in-process.ts'
import { overHttp } from '../support/server/over-http.ts'
import { everyEvent, recordedLog } from '../support/server/recorded-log.ts'

const rounds = Number(process.env.GUESS_ROUNDS ?? 3)
const guesses = 200
const limit = 5
const env = { LOGIN_MAX_ATTEMPTS: String(limit), HASH_QUEUE_LIMIT: '1000' }

type Steps = ReturnType<typeof stepsOf>

/** 200 guesses at once, the right password at a random place among them. */
const guessAtOnce = async ({ post }: Steps, email: string) => {
  const right = Math.floor(Math.random() * guesses)
  const passwordOf = (n: number) => (n === right ? person.password : `guess number ${n}`)
  return Promise.all(Array.from({ length: guesses }, (_, n) => post('/login', { email, password: passwordOf(n), transport: 'bearer' })))
}

const tally = (answers: readonly Answer[]) => {
  const codes = answers.map(({ status, body }) => (status === 200 ? 'authenticated' : String(body.code)))
  return { accepted: codes.filter((code) => code === 'authenticated').length, codes: new Set(codes) }
}

/** The most attempts that were counted between two moments that set the count to nothing: an acceptance, a lock. */
const longestRun = (events: readonly RecordedEvent[]) => {
  let run = 0
  let longest = 0
  for (const { type } of events) {
    if (type === 'LoginAttempted') run += 1
    if (type === 'PasswordAccepted' || type === 'LoginLocked') run = 0
    longest = Math.max(longest, run)
  }
  return longest
}

const attemptsIn = (events: readonly RecordedEvent[]) => events.filter(({ type }) => type === 'LoginAttempted').length

/** With the right password among the first ones the count begins anew, once: nobody is guessing then who knows it. */
const mostChecked = (accepted: number) => limit * (1 + accepted)

describe(`${guesses} parallel guesses with the right password among them, ${rounds} rounds`, () => {
  test('are never more than the limit before the lock, by count of hashes and of events', async () => {
    const house = await inProcess({ env })
    try {
      for (let round = 0; round < rounds; round += 1) {
        const email = `round${round}@example.org`
        await house.register({ email })
        const before = { verified: house.counted.verified, events: (await everyEvent(house.gatebook.store)).length }
        const { accepted, codes } = tally(await guessAtOnce(house, email))
        const events = (await everyEvent(house.gatebook.store)).slice(before.events)
        expect(accepted).toBeLessThanOrEqual(1)
        expect(codes).toContain('LOCKED_OUT')
        expect(longestRun(events)).toBe(limit)
        expect(attemptsIn(events)).toBeLessThanOrEqual(mostChecked(accepted))
        expect(house.counted.verified - before.verified).toBe(attemptsIn(events))
      }
    } finally {
      await house.stop()
    }
  })

  test('over HTTP are never more than the limit before the lock, by count of events', async () => {
    await using server = await startGatebook({ env })
    const house = overHttp(server.baseUrl)
    for (let round = 0; round < rounds; round += 1) {
      const email = `round${round}@example.org`
      await house.register({ email })
      const before = (await recordedLog(server.dataDir)).length
      const { accepted, codes } = tally(await guessAtOnce(house, email))
      const events = (await recordedLog(server.dataDir)).slice(before)
      expect(accepted).toBeLessThanOrEqual(1)
      expect(codes).toContain('LOCKED_OUT')
      expect(longestRun(events)).toBe(limit)
      expect(attemptsIn(events)).toBeLessThanOrEqual(mostChecked(accepted))
    }
  })
})

describe('a second process on the same data directory', () => {
  test('is refused at the start and told why, and the first goes on', async () => {
    await using first = await startGatebook()
    const second = startGatebook({ dataDir: first.dataDir })
    await expect(second).rejects.toThrow(/ended \(1\) before it listened[\s\S]*another Gatebook process uses this data directory/)
    expect((await overHttp(first.baseUrl).register()).token).toEqual(expect.any(String))
  })
})
