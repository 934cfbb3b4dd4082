import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../domain/kernel/explain/explanation.ts'
import { CodeAttempted, CodeRejected } from '../../../domain/second-factor/events.ts'
import { codeExplainer } from '../../../domain/second-factor/explain.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { appendOf, explainEach, withSummaries } from '../../support/domain/explained.ts'
import { attemptId, sessionId } from '../../support/domain/ids.ts'
import { active, singleUse } from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'

const played = (history: Parameters<typeof playCodes>[0], isDue: (append: number) => boolean = () => false) => {
  const { outcomes, decider, log } = playCodes(history)
  const appends = outcomes.map(({ events }) => events).filter(({ length }) => length > 0)
  const before = log.slice(0, log.length - appends.flat().length).map((event) => [event])
  return { ...{ appends: withSummaries(decider, [...before, ...appends], isDue) }, log, before: before.length }
}

describe('of any history of codes', () => {
  test('the explanation of every event is what its decider gives', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, fc.func(fc.nat(4).map((n) => n === 0)), (history, isDue) => {
        const { appends } = played(history, isDue)
        const together = appendOf(appends)
        for (const { index, event, ...explained } of explainEach(codeExplainer(history.policy), appends.flat())) {
          expect(explained).toMatchObject({ agrees: true, recorded: together[index] })
          if (explained.agrees) cases.count(explained.reasons.rule)
          cases.count(event.type)
        }
      }),
      { numRuns: 250 },
    )
    const rules = ['attempt_within_budget', 'code_is_newer', 'recovery_code_unused', 'failure_counted', 'budget_spent']
    cases.expectAtLeast(20, 'SecondFactorSummarized', 'enrollment_confirmed', ...rules)
    cases.expectAtLeast(1, 'last_recovery_code_used')
    cases.expectAtLeast(5, 'lock_lifted', 'factor_changed')
  })

  test('every lock says how many failures spent the budget, and another policy agrees with none', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, (history) => {
        const { log } = played(history)
        const { policy } = history
        const longer = explainEach(codeExplainer({ ...policy, lockout: policy.lockout + 1, lockoutMax: policy.lockoutMax + 1 }), log)
        const more = explainEach(codeExplainer({ ...policy, maxAttempts: policy.maxAttempts + 1 }), log)
        explainEach(codeExplainer(policy), log).forEach((own, index) => {
          if (!own.agrees || own.reasons.rule !== 'budget_spent') return
          cases.count('lock')
          expect(own.reasons.counters[0]).toMatchObject({ name: 'failures', value: policy.maxAttempts, limit: policy.maxAttempts })
          expect([longer[index]?.agrees, more[index]?.agrees]).toEqual([false, false])
        })
      }),
      { numRuns: 150 },
    )
    cases.expectAtLeast(15, 'lock')
  })
})

test('a code that the decider would not accept is not explained', () => {
  const { log, decider } = playCodes({
    policy: { maxAttempts: 5, lockout: 500, lockoutMax: 2000 },
    begins: 'single-use',
    moves: [{ type: 'code', purpose: 'login', typed: { type: 'step', ahead: 1, older: false } }],
    turns: [0, 0, 0, 0].map((user) => ({ user, wait: 10 })),
  })
  expect(log.at(-1)?.type).toBe('CodeAccepted')
  const explainer = codeExplainer({ maxAttempts: 5, lockout: 500, lockoutMax: 2000 })
  const again = [...log, ...log.slice(-2)]
  expect(explain(explainer, decider.initial, log, log.length - 1)).toMatchObject({ agrees: true, reasons: { rule: 'code_is_newer' } })
  expect(explain(explainer, decider.initial, again, again.length - 1)).toMatchObject({ agrees: false, because: 'decided_otherwise' })
})

test('a code of a session costs the login nothing', () => {
  const ofSession = { sessionId: sessionId(1), purpose: 'elevation' as const }
  const log = [
    ...active(singleUse(1, 8)),
    CodeAttempted({ attemptId: attemptId(50), ...ofSession, at: later(9) }),
    CodeRejected({ attemptId: attemptId(50), at: later(9) }),
  ]
  const explainer = codeExplainer({ maxAttempts: 1, lockout: 500, lockoutMax: 2000 })
  const rules = [-2, -1].map((index) => explain(explainer, explainer.decider.initial, log, log.length + index))
  expect(rules).toMatchObject([
    { agrees: true, reasons: { rule: 'attempt_counts_against_the_session', budget: 'session' } },
    { agrees: true, reasons: { rule: 'failure_of_a_session', counters: [{ name: 'failures_in_a_row', value: 1, limit: 100 }] } },
  ])
})
