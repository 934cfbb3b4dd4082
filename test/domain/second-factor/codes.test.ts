import { describe, test } from 'vitest'
import * as a from '../../support/domain/second-factor-examples.ts'
import { given } from '../../support/given.ts'

const { decider, attempted, accepted, rejected, spent, active, removed, issued, started, step, nothing, recoveryCode } = a
const { singleUse, jumpAhead } = a

const purposes = ['login', 'elevation', 'removal', 'recovery_codes'] as const
const notPending = { type: 'code_not_pending' } as const

describe('a code', () => {
  test.each(purposes)('for %s is counted before it is checked', (purpose) =>
    given(decider, active())
      .when(a.attempt(2, purpose, 3))
      .then(attempted(2, purpose, 3)),
  )
  test.each(purposes)('for %s is not taken where there is no second factor', (purpose) =>
    given(decider).when(a.attempt(2, purpose)).thenRefused({ type: 'not_enrolled' }),
  )
  test('is not taken after the second factor was removed', () =>
    given(decider, [...active(), removed()])
      .when(a.attempt(2))
      .thenRefused({ type: 'not_enrolled' }))

  test('that was never counted is not settled', () =>
    given(decider, active())
      .when(a.settle(2, step(101)))
      .thenRefused(notPending))
  test('is not settled as wrong after it was right', () =>
    given(decider, [...active(), attempted(2), accepted(2, 101)])
      .when(a.settle(2, nothing))
      .thenRefused(notPending))
  test('is not settled as right after it was wrong', () =>
    given(decider, [...active(), attempted(2), rejected(2)])
      .when(a.settle(2, step(101)))
      .thenRefused(notPending))
  test('is settled though another was settled before it', () =>
    given(decider, [...active(), attempted(2), attempted(3), rejected(2)])
      .when(a.settle(3, step(101)))
      .then(accepted(3, 101)))
  test('is not settled after the second factor was removed', () =>
    given(decider, [...active(), attempted(2), removed()])
      .when(a.settle(2, step(101)))
      .thenRefused(notPending))
  test('is not settled after other recovery codes were made', () =>
    given(decider, [...active(), attempted(2), issued(singleUse(2))])
      .when(a.settle(2, recoveryCode(1)))
      .thenRefused(notPending))
  test('of a factor that was removed is not settled against the next', () =>
    given(decider, [...active(), attempted(2), removed(), started(singleUse(2), 2), attempted(3, 'confirmation'), a.confirmed(3, 100)])
      .when(a.settle(2, step(200)))
      .thenRefused(notPending))
})

describe('a one-time code', () => {
  const past = [...active(), attempted(2)]

  test('of a later time step than the last is accepted', () =>
    given(decider, past)
      .when(a.settle(2, step(101), 8))
      .then(accepted(2, 101, 8)))
  test('is not accepted a second time', () =>
    given(decider, [...past, accepted(2, 101), attempted(3)])
      .when(a.settle(3, step(101), 8))
      .then(rejected(3, 8)))
  test('that confirmed the enrolment is not accepted again', () =>
    given(decider, past)
      .when(a.settle(2, step(100)))
      .then(rejected(2)))
  test('of an earlier step than the last accepted is not, though it was never used', () =>
    given(decider, [...past, accepted(2, 103), attempted(3)])
      .when(a.settle(3, step(102)))
      .then(rejected(3)))
  test('counts from nothing after another enrolment, whose secret is another', () =>
    given(decider, [...active(), removed(), started(singleUse(2), 2), attempted(3, 'confirmation')])
      .when(a.settle(3, step(50)))
      .then(a.confirmed(3, 50)))
  test('that is wrong is rejected', () =>
    given(decider, past)
      .when(a.settle(2, nothing, 8))
      .then(rejected(2, 8)))
  test('does not void recovery codes', () =>
    given(decider, [...past, accepted(2, 101), attempted(3)])
      .when(a.settle(3, recoveryCode(1)))
      .then(spent(3, 1)))
  test('is accepted after a recovery code was, though its step came before', () =>
    given(decider, [...past, spent(2, 1), attempted(3)])
      .when(a.settle(3, step(101)))
      .then(accepted(3, 101)))
})

describe('a single-use recovery code', () => {
  const past = [...active(singleUse(1)), attempted(2), spent(2, 7), attempted(3)]

  test('is spent', () =>
    given(decider, past.slice(0, 4))
      .when(a.settle(2, recoveryCode(7), 8))
      .then(spent(2, 7, 8)))
  test('is not spent twice', () =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(7)))
      .then(rejected(3)))
  test.each([3, 8])('leaves the others as they are: #%i after #7', (number) =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(number)))
      .then(spent(3, number)),
  )
  test('that is the last one leaves the second factor on', () =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(10)))
      .then(spent(3, 10)))
  test.each([0, -1, 11, 1.5, Number.NaN])('has a number that there is: not %d', (number) =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(number)))
      .then(rejected(3)),
  )
  test('is good again in another set', () =>
    given(decider, [...past.slice(0, 5), issued(singleUse(2)), attempted(3)])
      .when(a.settle(3, recoveryCode(7)))
      .then(spent(3, 7)))
})

describe('a jump-ahead recovery code', () => {
  const past = [...active(jumpAhead(1)), attempted(2), spent(2, 7), attempted(3)]
  const last = removed('last_recovery_code_used', 8)

  test.each([1, 9])('is spent: #%i, skipping those before it', (number) =>
    given(decider, past.slice(0, 4))
      .when(a.settle(2, recoveryCode(number), 8))
      .then(spent(2, number, 8)),
  )
  test.each([1, 3, 6, 7])('ends all that have a lower number: #%i is not good after #7', (number) =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(number)))
      .then(rejected(3)),
  )
  test('leaves the next one good', () =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(8)))
      .then(spent(3, 8)))
  test('that is the last one turns the second factor off', () =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(10), 8))
      .then(spent(3, 10, 8), last))
  test.each([0, -1, 11, 8.5, Number.NaN])('has a number that there is: not %d', (number) =>
    given(decider, past)
      .when(a.settle(3, recoveryCode(number)))
      .then(rejected(3)),
  )
  test('after the last one, nothing is left to give a code for', () =>
    given(decider, [...past, spent(3, 10), last])
      .when(a.attempt(4))
      .thenRefused({ type: 'not_enrolled' }))
  test('in another set counts from one again', () =>
    given(decider, [...past, issued(jumpAhead(2)), attempted(4)])
      .when(a.settle(4, recoveryCode(1)))
      .then(spent(4, 1)))
})

describe('recovery codes', () => {
  test('are made anew', () =>
    given(decider, active())
      .when(a.issue(jumpAhead(2), 4))
      .then(issued(jumpAhead(2), 4)))
  test('are not made where there is no second factor', () =>
    given(decider)
      .when(a.issue(singleUse(2)))
      .thenRefused({ type: 'not_enrolled' }))
  test('are not made after it was removed', () =>
    given(decider, [...active(), removed()])
      .when(a.issue(singleUse(2)))
      .thenRefused({ type: 'not_enrolled' }))
  test('made anew leave the time steps as they are', () =>
    given(decider, [...active(), issued(singleUse(2)), attempted(2)])
      .when(a.settle(2, step(100)))
      .then(rejected(2)))
})

describe('a removal', () => {
  test.each(['disabled_by_owner', 'reset_by_admin'] as const)('says why: %s', (because) =>
    given(decider, active()).when(a.remove(because, 4)).then(removed(because, 4)),
  )
  test('of what is not there is nothing', () => given(decider).when(a.remove()).thenNothing())
  test('is nothing the second time', () =>
    given(decider, [...active(), removed()])
      .when(a.remove())
      .thenNothing())
})
