import { expect, test } from 'vitest'
import { aggregates } from '../../application/journal/aggregates.ts'
import { loginStream } from '../../domain/kernel/streams.ts'
import { summaries, summaryQuery } from '../../projections/summaries.ts'
import { blindIndex } from '../support/domain/ids.ts'
import { linesOf, type Step } from './support/any-history.ts'
import { embeddedLog } from './support/embedded-log.ts'

const step = (verb: Step['verb'], account: number): Step => ({ verb, account, session: 0, back: 0, wait: 0 })

test('the newest summary of each stream is known, and none of a stream that has none', () => {
  const { db, commit } = embeddedLog()
  commit(...linesOf([step('attempted', 1), step('summarized', 1), step('attempted', 1), step('summarized', 1), step('attempted', 2)]))
  const summaryOf = summaryQuery(db)
  expect([1, 2, 3].map((person) => summaryOf(loginStream(blindIndex(person))))).toEqual([3, undefined, undefined])
})

test('every event that sums up a stream is recorded', () => {
  const { db } = embeddedLog()
  db.exec(`CREATE TABLE summaries ${summaries.tables.summaries}`)
  const handled = Object.keys(summaries.open(db, { summaries: 'summaries' }).handlers)
  const policy = { maxAttempts: 5, lockout: 1, lockoutMax: 1 }
  const session = { idle: 1, absolute: 1, elevation: 1, refresh: 1, refreshGrace: 1, maxFailures: 5 }
  const all = aggregates({ login: { ...policy, challengeLifetime: null }, codes: policy, identity: { rotation: 1 }, session })
  const summing = Object.values(all).flatMap(({ decider }) => decider.summary?.type ?? [])
  expect(handled.toSorted()).toEqual(summing.toSorted())
})
