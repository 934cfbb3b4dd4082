import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Counter } from '../../../domain/kernel/explain/explanation.ts'
import { explain } from '../../../domain/kernel/explain/explanation.ts'
import { LoginAttemptsRefused, LoginPayloadErased, timeOf } from '../../../domain/login/events.ts'
import { loginExplainer } from '../../../domain/login/explain.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { appendOf, explainEach, withSummaries } from '../../support/domain/explained.ts'
import { deviceId } from '../../support/domain/ids.ts'
import { accepted, attempted, lockedOnce, minute, rejected, unlocked } from '../../support/domain/login-examples.ts'
import { aHistory, playLogin } from '../../support/domain/login-history.ts'
import { failuresAt, locksInARow } from '../../support/domain/login-scan.ts'
import { later } from '../../support/domain/time.ts'

const policy = { maxAttempts: 2, lockout: minute, lockoutMax: 3 * minute, challengeLifetime: null }
const explainer = loginExplainer(policy)

const countOf = (counters: readonly Counter[], name: string) => counters.find((counter) => counter.name === name)?.value

const played = (history: Parameters<typeof playLogin>[0], isDue: (append: number) => boolean = () => false) => {
  const { outcomes, decider } = playLogin(history)
  const appends = withSummaries(
    decider,
    outcomes.map(({ events }) => events).filter(({ length }) => length > 0),
    isDue,
  )
  return { appends, log: appends.flat() }
}

describe('of any history', () => {
  test('the explanation of every event is what its decider gives, with all that was appended together, summaries between or not', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, fc.func(fc.nat(4).map((n) => n === 0)), (history, isDue) => {
        const { appends, log } = played(history, isDue)
        const together = appendOf(appends)
        for (const { index, event, ...explained } of explainEach(loginExplainer(history.policy), log)) {
          expect(explained).toMatchObject({ agrees: true, recorded: together[index] })
          if (explained.agrees) cases.count(explained.reasons.rule)
          cases.count(event.type)
        }
      }),
      { numRuns: 100 },
    )
    const rules = ['attempt_within_budget', 'matched', 'failure_counted', 'budget_spent', 'lock_lifted', 'refused_while_locked']
    cases.expectAtLeast(20, 'LoginSummarized', ...rules)
  })

  const reasonsIn = (history: Parameters<typeof playLogin>[0]) => {
    const { log } = played(history)
    const explained = explainEach(loginExplainer(history.policy), log)
    return { log, explained: explained.flatMap((each) => (each.agrees ? [{ ...each.reasons, ...each, at: timeOf(each.event) }] : [])) }
  }

  test('it counts the failures of a reading of the log without folding', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log, explained } = reasonsIn(history)
        for (const { index, event, at, rule, counters } of explained) {
          const isCounted = event.type === 'PasswordRejected'
          if (!isCounted && rule !== 'attempt_within_budget' && rule !== 'budget_spent_before_the_check') continue
          cases.count(rule)
          expect(countOf(counters, 'failures')).toBe(failuresAt(log.slice(0, index + Number(isCounted)), at))
        }
      }),
      { numRuns: 100 },
    )
    cases.expectAtLeast(50, 'attempt_within_budget', 'failure_counted', 'budget_spent')
  })

  test('it tells the place of each lock in its row, and how long it lasts', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log, explained } = reasonsIn(history)
        for (const { index, event, at, rule, counters, windows } of explained) {
          if (event.type !== 'LoginLocked') continue
          const { until } = event.data
          cases.count(rule)
          expect(countOf(counters, 'locks_in_a_row')).toBe(locksInARow(log.slice(0, index + 1)))
          expect(windows).toEqual([{ name: 'lock', from: at, until }])
          const duration = { name: 'lock_duration', value: until - at, limit: history.policy.lockoutMax, unit: 'milliseconds' }
          expect(counters).toContainEqual(duration)
        }
      }),
      { numRuns: 100 },
    )
    cases.expectAtLeast(20, 'budget_spent')
  })

  test('another length of a lock agrees with everything but locks', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log } = played(history)
        const { lockout, lockoutMax } = history.policy
        const other = loginExplainer({ ...history.policy, lockout: lockout + 1, lockoutMax: lockoutMax + 1 })
        for (const { agrees, recorded } of explainEach(loginExplainer(history.policy), log))
          expect([agrees, recorded.length > 0]).toEqual([true, true])
        const wrong = new Set(explainEach(other, log).flatMap(({ agrees, event }) => (agrees ? [] : [event])))
        const ofLocks = explainEach(loginExplainer(history.policy), log)
          .filter(({ recorded }) => recorded.some(({ type }) => type === 'LoginLocked'))
          .map(({ event }) => event)
        expect([...wrong]).toEqual(ofLocks)
      }),
      { numRuns: 60 },
    )
  })

  test('one more attempt agrees with no lock that a wrong password began', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log } = played(history)
        const other = explainEach(loginExplainer({ ...history.policy, maxAttempts: history.policy.maxAttempts + 1 }), log)
        explainEach(loginExplainer(history.policy), log).forEach((own, index) => {
          if (!own.agrees || own.reasons.rule !== 'budget_spent') return
          cases.count('lock')
          expect(other[index]).toMatchObject({ agrees: false, because: 'decided_otherwise' })
        })
      }),
      { numRuns: 60 },
    )
    cases.expectAtLeast(20, 'lock')
  })
})

describe('the explanation', () => {
  test('of a lock counts failures, locks in a row and the doubled time', () => {
    const again = [...lockedOnce, attempted(3, 2 * minute), rejected(3, 2 * minute), attempted(4, 2 * minute), rejected(4, 2 * minute)]
    const { decider } = explainer
    const state = again.slice(0, -1).reduce(decider.evolve, decider.initial)
    const decided = decider.decide({ type: 'settle', attemptId: rejected(4).data.attemptId, matched: null, at: later(2 * minute) }, state)
    const log = [...again.slice(0, -1), ...('right' in decided ? decided.right : [])]
    const explained = explain(explainer, decider.initial, log, log.length - 1)
    expect(explained).toMatchObject({
      recorded: [{ type: 'PasswordRejected' }, { type: 'LoginLocked' }],
      agrees: true,
      reasons: {
        rule: 'budget_spent',
        budget: 'strangers',
        counters: [
          { name: 'failures', value: 2, limit: 2 },
          { name: 'locks_in_a_row', value: 2, limit: null },
          { name: 'lock_duration', value: 2 * minute, limit: 3 * minute },
        ],
        windows: [{ name: 'lock', from: later(2 * minute), until: later(4 * minute) }],
      },
    })
  })

  test('of an attempt on a known device names its budget', () => {
    const onDevice = { ...attempted(1), data: { ...attempted(1).data, deviceId: deviceId(1) } }
    expect(explain(explainer, explainer.decider.initial, [onDevice], 0)).toMatchObject({ reasons: { budget: 'known_device' } })
  })

  test('of a login tells how many were rejected before', () => {
    const log = [attempted(1), rejected(1), attempted(2, 5), accepted(2, 6, 1)]
    expect(explain(explainer, explainer.decider.initial, log, 3)).toMatchObject({
      reasons: {
        rule: 'matched',
        counters: [
          { name: 'failures', value: 1 },
          { name: 'rejected_since_last_login', value: 1 },
        ],
      },
    })
  })

  test('of an unlock shows what was left of the lock', () => {
    expect(explain(explainer, explainer.decider.initial, [...lockedOnce, unlocked(15_000)], lockedOnce.length)).toMatchObject({
      reasons: { rule: 'lock_lifted', windows: [{ name: 'lock', from: later(15_000), until: later(minute) }] },
    })
  })

  test('of what its decider would not record says so, and nothing else', () => {
    const tooMany = [attempted(1), accepted(1, 5, 7)]
    expect(explain(explainer, explainer.decider.initial, tooMany, 1)).toEqual({
      recorded: [tooMany[1]],
      agrees: false,
      because: 'decided_otherwise',
    })
    const unasked = [accepted(1)]
    expect(explain(explainer, explainer.decider.initial, unasked, 0)).toMatchObject({ agrees: false, because: 'decided_otherwise' })
    const none = [LoginAttemptsRefused({ count: 0, from: later(0), to: later(1) })]
    expect(explain(explainer, explainer.decider.initial, none, 0)).toMatchObject({ agrees: false, because: 'decided_otherwise' })
  })

  test('of what was erased is none', () => {
    const erased = LoginPayloadErased({
      ...{ eventType: 'LoginAttempted', eventVersion: 1, accountId: null, sha256: 'a'.repeat(64) as never, at: later(0) },
    })
    expect(explain(explainer, explainer.decider.initial, [erased], 0)).toMatchObject({ agrees: false, because: 'not_decided' })
  })
})
