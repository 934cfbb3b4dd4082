import { describe, expect, test } from 'vitest'
import * as a from '../../support/domain/second-factor-examples.ts'
import { given } from '../../support/given.ts'

const { decider, attempted, confirmed, accepted, spent, issued, rejected, singleUse } = a

/** No decision leads here. A damaged log might, and must not let anybody in. */
describe('out of its place', () => {
  test.each([confirmed(1, 100), accepted(1, 100), spent(1, 1), issued(singleUse(1))])('$type makes no second factor', (event) => {
    const { factor, enrollment } = decider.evolve(decider.initial, event)
    expect({ factor, enrollment }).toEqual({ factor: { type: 'none' }, enrollment: null })
  })
  test('a code to confirm what was never begun is rejected', () =>
    given(decider, [attempted(1, 'confirmation')])
      .when(a.settle(1, a.step(100)))
      .then(rejected(1)))
  test.each([a.step(100), a.recoveryCode(1)])('a code where there is no second factor is rejected: $is', (found) =>
    given(decider, [attempted(1)])
      .when(a.settle(1, found))
      .then(rejected(1)),
  )
})
