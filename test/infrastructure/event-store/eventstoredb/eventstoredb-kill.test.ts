import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'
import { got, restOfLog } from '../../../contract/event-store/support.ts'
import { seededRandom } from '../../../support/seeded-random.ts'
import { type AppendResult, appendUntil, expectWhole } from '../append-results.ts'
import { openStore } from './eventstoredb-for-test.ts'
import { killableServer, killedServer } from './killable-server.ts'

/** `ROUNDS=50` for the long run. */
const rounds = Number(process.env.ROUNDS ?? 2)
const callers = 8

test(
  `${killedServer}, killed under load, loses nothing that was acknowledged and doubles nothing (${rounds} rounds)`,
  async () => {
    const random = seededRandom()
    const server = await killableServer()
    const store = await openStore(server.url, { callMs: 60_000, attemptMs: 1_000 })
    try {
      const before = await got(store.head())
      const results: AppendResult[] = []
      const shown: RecordedEvent[] = []
      let isOver = false
      const subscription = store.subscribe(before, { event: () => {}, events: (batch) => void shown.push(...batch), dropped: () => {} })
      const appending = Promise.all(Array.from({ length: callers }, () => appendUntil(store, () => isOver, results)))
      for (let round = 0; round < rounds; round++) {
        const acknowledged = results.length
        while (results.length < acknowledged + 2 * callers) await setTimeout(5)
        await setTimeout(random.below(300))
        await server.kill()
        await server.start()
      }
      isOver = true
      await appending
      const log = await restOfLog(store, before, 5_000)
      while ((shown.at(-1)?.position ?? 0) < (log.at(-1)?.position ?? 0)) await setTimeout(5)
      await subscription.close()
      expectWhole(log, results)
      expect(shown).toEqual(log)
      expect(results.length).toBeGreaterThan(rounds * callers)
    } finally {
      await store.close()
      await server.remove()
    }
  },
  60_000 + rounds * 60_000,
)
