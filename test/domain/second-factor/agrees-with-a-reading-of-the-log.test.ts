import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import { isUsable, type Recovery } from '../../../domain/second-factor/recovery-codes.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes, size } from '../../support/domain/code-history.ts'
import * as scan from '../../support/domain/code-scan.ts'
import { attempt } from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'

type Log = readonly SecondFactorEvent[]

/** The outcome of a code given `ms` milliseconds after noon. */
const answer = (past: Log, purpose: 'confirmation' | 'login', ms: number, maxAttempts: number) => {
  if (purpose === 'confirmation' && scan.isActive(past) && scan.begunEnrolment(past) === -1) return 'already_enrolled'
  if (purpose === 'confirmation' ? scan.begunEnrolment(past) === -1 : !scan.isActive(past)) return 'not_enrolled'
  const lock = scan.standingLock(past)
  if (lock !== null && later(ms) < lock.data.until) return 'codes_locked'
  const { failures, pending } = scan.budgetIn(past)
  if (failures >= maxAttempts) return 'CodeEntryLocked'
  return failures + pending < maxAttempts ? 'CodeAttempted' : 'attempts_pending'
}

test('at every point of every history, what becomes of the next code can be read off the list of events', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.nat(6000), fc.constantFrom('confirmation', 'login'), (history, ms, purpose) => {
      const { log, state, decider } = playCodes(history)
      for (const past of scan.pasts(log)) {
        const decision = decider.decide(attempt(99, purpose, ms), state(past))
        const said = decision._tag === 'Right' ? decision.right.map(({ type }) => type).join() : decision.left.type
        const expected = answer(past, purpose, ms, history.policy.maxAttempts)
        expect(said).toBe(expected)
        if (decision._tag === 'Left' && decision.left.type === 'codes_locked')
          expect(decision.left.until).toBe(scan.standingLock(past)?.data.until)
        cases.count(expected)
      }
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(20, 'already_enrolled', 'not_enrolled', 'codes_locked', 'attempts_pending', 'CodeAttempted')
  cases.expectAtLeast(3, 'CodeEntryLocked')
})

const goodNumbers = (past: Log) => {
  const spent = scan.spentNumbers(past)
  const isFree = (number: number) =>
    scan.inForce(past)?.set.scheme === 'single-use' ? !spent.includes(number) : spent.every((other) => other < number)
  return Array.from({ length: size }, (_, n) => n + 1).filter(isFree)
}

const expectCodes = (recovery: Recovery, past: Log) => {
  expect(recovery).toEqual({ set: scan.inForce(past)?.set, spent: new Set(scan.spentNumbers(past)) })
  const numbers = Array.from({ length: size + 3 }, (_, n) => n - 1)
  expect(numbers.filter((number) => isUsable(recovery, number))).toEqual(goodNumbers(past))
}

test('the factor, its codes, its last time step and the count follow from the list of events', () => {
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, state } = playCodes(history)
      for (const past of scan.pasts(log)) {
        const { factor, enrollment, entry, revision } = state(past)
        expect({ failures: entry.budget.failures, pending: entry.budget.pending.size }).toEqual(scan.budgetIn(past))
        const secret = scan.inForce(past)?.secret
        expect(revision).toBe(past.length - 1)
        expect(enrollment?.secret).toEqual(scan.begunEnrolment(past) === -1 ? undefined : secret)
        expect(factor.type).toBe(scan.isActive(past) ? 'active' : 'none')
        if (factor.type === 'none') continue
        const since = scan.secondFactorRevision(past)
        const confirmedAt = past[scan.confirmation(past)]?.data.at
        const lastStep = scan.stepsAccepted(past).at(-1)
        expect(factor).toMatchObject({ since, confirmedAt, lastStep, secret })
        expectCodes(factor.recovery, past)
      }
    }),
    { numRuns: 100 },
  )
})
