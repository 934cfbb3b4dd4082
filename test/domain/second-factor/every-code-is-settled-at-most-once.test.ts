import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, playCodes } from '../../support/domain/code-history.ts'
import { isSuccess } from '../../support/domain/code-scan.ts'

test('every code is settled at most once, and only after it was counted', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playCodes(history)
      const pending = new Set<string>()
      for (const event of log) {
        if (event.type === 'CodeAttempted') pending.add(event.data.attemptId)
        if (!isSuccess(event) && event.type !== 'CodeRejected') continue
        expect('attemptId' in event.data && pending.delete(event.data.attemptId)).toBe(true)
        cases.count('a settlement')
      }
      cases.count('never settled', pending.size)
      cases.count('settled by somebody else, or void', outcomes.filter(({ refusal }) => refusal?.type === 'code_not_pending').length)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(50, 'a settlement', 'never settled', 'settled by somebody else, or void')
})
