import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { moments, stepsAccepted } from '../../support/domain/code-scan.ts'
import { tally } from '../../support/domain/tally.ts'

test('of one enrolment no time step is accepted twice, and none after a later one', () => {
  const seen = tally()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, codes } = playCodes(history)
      for (const { event, past } of moments(log, 'CodeAccepted')) {
        expect(event.data.timeStep).toBeGreaterThan(stepsAccepted(past).at(-1) ?? Number.NaN)
        seen.saw('accepted')
      }
      for (const { event, past } of moments(log, 'CodeRejected')) {
        const code = codes.get(event.data.attemptId)?.code
        const last = stepsAccepted(past).at(-1) ?? -1
        if (code?.type === 'step' && code.step <= last) seen.saw(code.step === last ? 'the same again' : 'an earlier one')
      }
    }),
    { numRuns: 500 },
  )
  seen.expectAtLeast(5, 'accepted', 'the same again', 'an earlier one')
})
