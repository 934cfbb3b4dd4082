import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExplainedEvent, explainEvent } from '../../application/explain/explain-event.ts'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { localStreams } from '../../infrastructure/event-store/sqlite/reader/local-streams.ts'
import { aPolicy } from '../support/domain/policies.ts'
import { liveALife } from '../support/server/a-life.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-explain-'))
let log: readonly RecordedEvent[] = []

beforeAll(async () => {
  const app = await startTestServer({ dataDir })
  await liveALife(app)
  await app.stop()
  log = await recordedLog(dataDir)
}, 120_000)
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const isKeyEvent = ({ stream }: RecordedEvent) => stream.startsWith('dataKey-')

const explained = () => {
  const db = openReadConnection(join(dataDir, 'gatebook.db'))
  try {
    const explain = explainEvent(localStreams(db), aPolicy)
    return log.filter((event) => !isKeyEvent(event)).map(({ position }) => explain(position) as ExplainedEvent)
  } finally {
    db.close()
  }
}

/** Facts that no number and no state decided. */
const facts = new Set(['PolicyPutInForce', 'SigningKeyAdded', 'GuessesRefused', 'LanguageChosen'])

describe('of a service that was lived in', () => {
  test('every event is explained by its decider, under the policy that was in force', () => {
    const all = explained()
    expect(all.length).toBeGreaterThan(120)
    const wrong = all.filter(({ explanation, event }) => !explanation.agrees && !facts.has(event.type))
    expect(wrong.map(({ recorded, explanation }) => [recorded.position, recorded.type, explanation])).toEqual([])
    const types = new Set(all.map(({ event }) => event.type))
    expect([...types].length).toBeGreaterThan(35)
    expect(
      all
        .filter(({ event }) => event.type !== 'SigningKeyAdded' && event.type !== 'PolicyPutInForce')
        .every(({ policy }) => policy.recorded !== null),
    ).toBe(true)
  })

  test('what was appended together is explained together', () => {
    const ofPosition = new Map(explained().map((each) => [each.recorded.position, each]))
    for (const { together } of ofPosition.values()) {
      const others = together.map(({ position }) => ofPosition.get(position)?.together.map((one) => one.position))
      expect(new Set(others.map(String)).size).toBe(1)
    }
    const kinds = [...ofPosition.values()].map(({ together }) => together.map(({ event }) => event.type).join('+'))
    expect(kinds).toContain('PasswordRejected+LoginLocked')
    expect(kinds).toContain('CodeRejected+CodeEntryLocked')
  })

  test('key streams and places without an event have none', () => {
    const db = openReadConnection(join(dataDir, 'gatebook.db'))
    const explain = explainEvent(localStreams(db), aPolicy)
    const key = log.find(isKeyEvent)?.position ?? 0
    expect([explain(key), explain(0), explain(1_000_000_000), explain(Number.MAX_SAFE_INTEGER)]).toEqual([null, null, null, null])
    db.close()
  })
})
