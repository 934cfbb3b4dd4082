import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import * as a from '../../support/domain/second-factor-examples.ts'
import { noon } from '../../support/domain/time.ts'

const half = 30_000
const quarter = 900_000

/** `right`: a right code is given, instead of asking for another. */
const aWish = fc.record({ wait: fc.oneof(fc.nat(half), fc.nat(200_000)), right: fc.nat(9).map((n) => n === 0) })

const play = (wishes: readonly { readonly wait: number; readonly right: boolean }[]) => {
  const log: SecondFactorEvent[] = [...a.active()]
  let now = 0
  for (const [n, { wait, right }] of wishes.entries()) {
    now += wait
    if (right) log.push(a.attempted(n + 10, 'login', now), a.accepted(n + 10, 1000 + n, now))
    else {
      const decision = a.decider.decide(a.send(now), log.reduce(a.decider.evolve, a.decider.initial))
      if (decision._tag === 'Right') log.push(...decision.right)
    }
  }
  return log
}

test('never are two codes sent in half a minute, nor six in a quarter of an hour without a right one', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.array(aWish, { minLength: 20, maxLength: 60 }), (wishes) => {
      const log = play(wishes)
      const times = log.flatMap(({ type, data }, index) => (type === 'CodeSent' ? [{ at: data.at - noon, index }] : []))
      for (const [n, { at, index }] of times.entries()) {
        const next = times[n + 1]
        if (next !== undefined) expect(next.at - at).toBeGreaterThanOrEqual(half)
        const sixth = times[n + 5]
        if (sixth === undefined || log.slice(index, sixth.index).some(({ type }) => type === 'CodeAccepted')) continue
        expect(sixth.at - at).toBeGreaterThanOrEqual(quarter)
        cases.count('six without a right one')
      }
      cases.count('sent', times.length)
    }),
    { numRuns: 100 },
  )
  cases.expectAtLeast(20, 'sent', 'six without a right one')
})
