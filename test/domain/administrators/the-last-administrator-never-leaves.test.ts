import fc from 'fast-check'
import { expect, test } from 'vitest'
import { administrators } from '../../../domain/administrators/decider.ts'
import { able, administratorsIn, aHistory, playAdministrators } from '../../support/domain/administrators-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'

test('from the setup on somebody administers, and nobody leaves the others to those who cannot, whoever joins and leaves in whatever order', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, outcomes, conflicts } = playAdministrators(history)
      for (const [index, { type }] of log.entries()) {
        const members = administratorsIn(log.slice(0, index + 1))
        expect(members.length).toBeGreaterThanOrEqual(type === 'SetupReopened' ? 0 : 1)
        if (type === 'AdministratorRemoved') expect(members).toContainEqual(expect.toSatisfy((member) => able.has(member)))
        const state = log.slice(0, index + 1).reduce(administrators.evolve, administrators.initial)
        expect(state.type === 'set_up' ? [...state.members].sort() : []).toEqual(members.sort())
        cases.count(type)
      }
      cases.count('refused', outcomes.filter(({ refusal }) => refusal?.type === 'last_administrator').length)
      cases.count('a lost race', conflicts)
    }),
    { numRuns: 300 },
  )
  cases.expectAtLeast(10, 'AdministratorAdded', 'AdministratorRemoved', 'SetupReopened', 'refused', 'a lost race')
})
