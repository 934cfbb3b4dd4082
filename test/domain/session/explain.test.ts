import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../domain/kernel/explain/explanation.ts'
import type { Command } from '../../../domain/session/decider.ts'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { sessionExplainer } from '../../../domain/session/explain.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { appendOf, explainEach, withSummaries } from '../../support/domain/explained.ts'
import { attemptId } from '../../support/domain/ids.ts'
import { cookie, day, hour } from '../../support/domain/session-examples.ts'
import { aHistory, playSession } from '../../support/domain/session-history.ts'
import { later } from '../../support/domain/time.ts'

const policy = { idle: day, absolute: 30 * day, elevation: hour / 4, refresh: 7 * day, refreshGrace: 0, maxFailures: 3 }

const appendsOf = (history: Parameters<typeof playSession>[0], isDue: (append: number) => boolean = () => false) => {
  const { outcomes, decider, log } = playSession(history)
  const appends = outcomes.map(({ events }) => events).filter(({ length }) => length > 0)
  return withSummaries(decider, [log.slice(0, 1), ...appends], isDue)
}

describe('of any history of a session', () => {
  test('the explanation of every event is what its decider gives', () => {
    const cases = caseCounter()
    fc.assert(
      fc.property(aHistory, fc.func(fc.nat(4).map((n) => n === 0)), (history, isDue) => {
        const appends = appendsOf(history, isDue)
        const together = appendOf(appends)
        for (const { index, event, ...explained } of explainEach(sessionExplainer(history.policy), appends.flat())) {
          expect(explained).toMatchObject({ agrees: true, recorded: together[index] })
          if (explained.agrees) cases.count(explained.reasons.rule)
          cases.count(event.type)
        }
      }),
      { numRuns: 150 },
    )
    const rules = ['granted', 'extension_due', 'refresh_token_current', 'refresh_token_reused', 'elevation_proved', 'session_ended']
    cases.expectAtLeast(10, 'SessionSummarized', ...rules)
  })

  test('other lifetimes agree with nothing that has one', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        const log = appendsOf(history).flat()
        const { idle, absolute } = history.policy
        const other = sessionExplainer({ ...history.policy, idle: idle + absolute, absolute: absolute * 2 + 1 })
        const [granted] = explainEach(other, log)
        expect(granted).toMatchObject({ agrees: false, because: 'decided_otherwise' })
      }),
    )
  })
})

test('the last wrong password of a session is explained together with its end', () => {
  const explainer = sessionExplainer(policy)
  const { decider } = explainer
  const log: SessionEvent[] = [cookie]
  let state = decider.evolve(decider.initial, cookie)
  const decide = (command: Command) => {
    const decided = decider.decide(command, state)
    if (isLeft(decided)) throw new Error('refused')
    log.push(...decided.right)
    state = decided.right.reduce(decider.evolve, state)
  }
  for (const n of [1, 2, 3]) {
    decide({ type: 'attempt', attemptId: attemptId(n), purpose: 'elevation', at: later(n) })
    decide({ type: 'settle', attemptId: attemptId(n), isRight: false, at: later(n) })
  }
  expect(log.at(-1)).toMatchObject({ type: 'SessionRevoked', data: { because: 'too_many_failures' } })
  for (const index of [log.length - 2, log.length - 1]) {
    expect(explain(explainer, decider.initial, log, index)).toMatchObject({
      recorded: [{ type: 'ReauthenticationFailed' }, { type: 'SessionRevoked' }],
      agrees: true,
      reasons: { rule: 'session_budget_spent', budget: 'session', counters: [{ name: 'failures', value: 3, limit: 3 }] },
    })
  }
  expect(explain(sessionExplainer({ ...policy, maxFailures: 4 }), decider.initial, log, log.length - 1).agrees).toBe(false)
})
