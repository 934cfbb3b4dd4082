import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { explainEvent } from '../../../application/explain/explain-event.ts'
import type { LocalStreams } from '../../../application/explain/local-streams.ts'
import { aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { streams } from '../../../application/journal/streams.ts'
import { putPolicyInForce } from '../../../application/policy/put-policy-in-force.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { openDataDirLog } from '../../../infrastructure/data-dir/open-data-dir-log.ts'
import { openReadConnection } from '../../../infrastructure/event-store/sqlite/file/connection.ts'
import { localStreams } from '../../../infrastructure/event-store/sqlite/reader/local-streams.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { blindIndex } from '../../support/domain/ids.ts'
import { details } from '../../support/domain/login-examples.ts'
import { aPolicy, stricter } from '../../support/domain/policies.ts'
import { later } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

const milder = { ...aPolicy, login: { ...aPolicy.login, maxAttempts: 7 } }

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-explain-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const metadata = { actor: 'anonymous', correlationId: newId(), causationId: null }
const stream = streams.login(blindIndex(1))

/** A log with wrong passwords at one name, `apart` milliseconds after each other, all with one correlation id. */
const guessed = async (count: number, policies: readonly (typeof aPolicy | null)[], apart = 0) => {
  const store = await succeed(openDataDirLog(dataDir, { now: () => instant(Date.now()), onCommitted: () => {}, onWriterDeath: () => {} }))
  let n = 0
  for (const policy of policies) {
    const journal = openJournal({ store, newId, aggregates: aggregates(policy ?? aPolicy) })
    if (policy !== null) await putPolicyInForce({ journal, now: () => later(0), newId, onOther: () => {} }, policy)
    for (let guess = 0; guess < count; guess++) {
      const at = later(++n * apart)
      const begun = await journal.decide(stream, { type: 'attempt', ...details(n), at }, metadata)()
      if (isLeft(begun) || begun.right.events[0]?.type !== 'LoginAttempted') continue
      await succeed(journal.decide(stream, { type: 'settle', attemptId: details(n).attemptId, matched: null, at }, metadata))
    }
  }
  const events = await succeed(store.read(stream.name))
  await store.close()
  return events
}

const onLog = <Done>(work: (log: LocalStreams) => Done) => {
  const db = openReadConnection(join(dataDir, 'gatebook.db'))
  try {
    return work(localStreams(db))
  } finally {
    db.close()
  }
}

test('a long stream is read from the newest summary before the event, and every event of it is explained', async () => {
  const events = await guessed(400, [aPolicy], 3_600_000)
  expect(events.length).toBeGreaterThan(800)
  onLog((log) => {
    const read: number[] = []
    const counting: LocalStreams = {
      ...log,
      events: (...range) => {
        const rows = log.events(...range)
        read.push(rows.length)
        return rows
      },
    }
    const explain = explainEvent(counting, stricter)
    const explained = events.map(({ position }) => explain(position))
    expect(explained.filter((each) => each?.explanation.agrees !== true)).toEqual([])
    const last = explained.at(-1)?.read
    expect(last?.summary).toBeGreaterThan(500)
    expect(last?.from).toBe(last?.summary)
    expect(Math.max(...read)).toBeLessThan(2 * 256)
  })
})

test('an event before the first recorded policy is explained under today’s, and says so', async () => {
  const [, , , , , , , , , , locked] = await guessed(5, [null])
  expect(locked?.type).toBe('LoginLocked')
  const [asThen, asNow] = onLog((log) => [aPolicy, milder].map((today) => explainEvent(log, today)(locked?.position ?? 0)))
  expect(asThen).toMatchObject({ policy: { recorded: null }, explanation: { agrees: true } })
  expect(asNow).toMatchObject({ policy: { recorded: null, values: milder }, explanation: { agrees: false, because: 'decided_otherwise' } })
})

test('each event is explained under the policy that was recorded before it', async () => {
  const events = await guessed(4, [aPolicy, stricter], 7_200_000)
  const explained = onLog((log) => events.map(({ position }) => explainEvent(log, aPolicy)(position)))
  expect(explained.map((each) => each?.explanation.agrees)).toEqual(events.map(() => true))
  const limits = explained.map((each) => each?.policy.values.login.maxAttempts)
  expect([limits[0], limits.at(-1)]).toEqual([5, 3])
})
