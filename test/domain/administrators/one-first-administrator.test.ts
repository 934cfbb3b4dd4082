import fc from 'fast-check'
import { expect, test } from 'vitest'
import { administratorsIn, aHistory, playAdministrators } from '../../support/domain/administrators-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'

test('the setup has one owner at a time, and is opened again only while nobody else administers', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes } = playAdministrators(history)
      let owner: string | null = null
      for (const [index, { type, data }] of log.entries()) {
        if (type === 'SetupCompleted') {
          expect(owner).toBeNull()
          owner = data.accountId
        }
        if (type === 'SetupReopened') {
          expect([data.accountId, administratorsIn(log.slice(0, index))]).toEqual([owner, [owner]])
          owner = null
        }
        cases.count(type)
      }
      cases.count('refused', outcomes.filter(({ refusal }) => refusal?.type === 'setup_done').length)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(10, 'SetupCompleted', 'SetupReopened', 'refused')
})
