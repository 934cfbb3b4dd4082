import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { moments, stepsAccepted } from '../../support/domain/code-scan.ts'

test('of one enrolment no time step is accepted twice, and none after a later one', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, codes } = playCodes(history)
      for (const { event, past } of moments(log, 'CodeAccepted')) {
        expect(event.data.timeStep).toBeGreaterThan(stepsAccepted(past).at(-1) ?? Number.NaN)
        cases.count('accepted')
      }
      for (const { event, past } of moments(log, 'CodeRejected')) {
        const code = codes.get(event.data.attemptId)?.code
        const last = stepsAccepted(past).at(-1) ?? -1
        if (code?.type === 'step' && code.step <= last) cases.count(code.step === last ? 'the same again' : 'an earlier one')
      }
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(5, 'accepted', 'the same again', 'an earlier one')
})
