import fc from 'fast-check'
import { getOrElseW } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { access } from '../../../domain/access/decider.ts'
import type { AccessEvent } from '../../../domain/access/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'

const aRead = fc.record({
  wait: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 1, 900, 30_000, 59_999, 60_000),
  session: fc.nat(1),
  what: fc.constantFrom('account' as const, 'audit' as const),
  subject: fc.oneof(fc.constantFrom(0, 1), fc.nat(60)),
})

type Reading = Extract<AccessEvent, { type: 'DataRead' }>['data']

const isSame = (a: Reading, b: Reading) => a.sessionId === b.sessionId && a.what === b.what && a.subject === b.subject

/** How many reads ago the same was recorded, if that is less than a minute. */
const recordedBefore = (log: readonly Reading[], read: Reading) => {
  const index = log.findLastIndex((known) => isSame(known, read) && read.at - known.at < 60_000)
  return index === -1 ? undefined : log.length - index
}

test('a read adds nothing only if it was recorded less than a minute before, and at most 64 reads are remembered', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.array(aRead, { maxLength: 200, size: 'max' }), (reads) => {
      let state = access.initial
      let now = 0
      const log: Reading[] = []
      for (const { wait, session, what, subject } of reads) {
        now += wait
        const read: Reading = { sessionId: sessionId(session), what, subject: accountId(subject), at: later(now) }
        const events = getOrElseW(() => [])(access.decide({ type: 'read', ...read }, state))
        const ago = recordedBefore(log, read)
        cases.count(events.length === 0 ? 'folded' : 'recorded')
        if (events.length === 0) expect(ago).toBeDefined()
        else expect(ago ?? Number.POSITIVE_INFINITY).toBeGreaterThan(64)
        if (events.length > 0) log.push(read)
        state = events.reduce(access.evolve, state)
        expect(state.recentReads.length).toBeLessThanOrEqual(64)
      }
    }),
  )
  cases.expectAtLeast(100, 'folded', 'recorded')
})
