import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { account } from '../../../domain/account/decider.ts'
import { linksRevisionOf } from '../../../domain/account/state.ts'
import { aHistory, isEndOfLinks, playAccount, stateAfter } from '../../support/domain/account-history.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { sealed } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'

test('a reset link works until the sessions of the account end for any reason or its address is replaced, and not after', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, fc.nat(40), (moves, issued) => {
      const log = playAccount(moves)
      const then = stateAfter(log.slice(0, issued + 1))
      if (then.type !== 'active') return
      const command = { type: 'resetPassword' as const, passwordHash: sealed('new'), linksRevision: linksRevisionOf(then), at: later(1) }
      const now = stateAfter(log)
      const hasEnded = log.slice(issued + 1).some(({ type }) => isEndOfLinks(type))
      const works = isRight(account.decide(command, now))
      expect(works).toBe(now.type === 'active' && !hasEnded)
      cases.count(works ? 'works' : 'void')
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(20, 'works', 'void')
})
