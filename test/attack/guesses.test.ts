import { describe, expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { overHttp } from '../support/server/over-http.ts'
import { everyEvent, recordedLog } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'
import { attemptsIn, guessAtOnce, longestRun, mostChecked, outcomesOf } from './support/guesses.ts'

const rounds = Number(process.env.GUESS_ROUNDS ?? 3)
const guesses = 200
const limit = 5
const env = { LOGIN_MAX_ATTEMPTS: String(limit), HASH_QUEUE_LIMIT: '1000' }

describe(`${guesses} parallel guesses with the right password among them, ${rounds} rounds`, () => {
  test('are never more than the limit before the lock, by count of hashes and of events', async () => {
    const random = seededRandom()
    const app = await startTestServer({ env })
    try {
      for (let round = 0; round < rounds; round += 1) {
        const email = `round${round}@example.org`
        await app.register({ email })
        const before = { verified: app.counted.verified, events: (await everyEvent(app.gatebook.store)).length }
        const { accepted, codes } = outcomesOf(await guessAtOnce([app], email, guesses, random))
        const events = (await everyEvent(app.gatebook.store)).slice(before.events)
        expect(accepted).toBeLessThanOrEqual(1)
        expect(codes).toContain('LOCKED_OUT')
        expect(longestRun(events)).toBe(limit)
        expect(attemptsIn(events)).toBeLessThanOrEqual(mostChecked(limit, accepted))
        expect(app.counted.verified - before.verified).toBe(attemptsIn(events))
      }
    } finally {
      await app.stop()
    }
  })

  test('over HTTP are never more than the limit before the lock, by count of events', async () => {
    const random = seededRandom()
    await using server = await startGatebook({ env })
    const app = overHttp(server.baseUrl)
    for (let round = 0; round < rounds; round += 1) {
      const email = `round${round}@example.org`
      await app.register({ email })
      const before = (await recordedLog(server.dataDir)).length
      const { accepted, codes } = outcomesOf(await guessAtOnce([app], email, guesses, random))
      const events = (await recordedLog(server.dataDir)).slice(before)
      expect(accepted).toBeLessThanOrEqual(1)
      expect(codes).toContain('LOCKED_OUT')
      expect(longestRun(events)).toBe(limit)
      expect(attemptsIn(events)).toBeLessThanOrEqual(mostChecked(limit, accepted))
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
