import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sameValue } from '../../../domain/kernel/same-value.ts'
import { policy } from '../../../domain/policy/decider.ts'
import { PolicyPutInForce } from '../../../domain/policy/events.ts'
import { aPolicy, stricter } from '../../support/domain/policies.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const first = PolicyPutInForce({ ...aPolicy, at: noon })
const put = (policy: typeof aPolicy) => ({ type: 'putInForce' as const, policy, at: later(5) })

describe('a policy', () => {
  test('is recorded at the first start', () =>
    given(policy)
      .when(put(aPolicy))
      .then(PolicyPutInForce({ ...aPolicy, at: later(5) })))
  test('is not recorded again while it stays', () => given(policy, [first]).when(put(aPolicy)).thenNothing())
  test('is recorded when one number changes', () =>
    given(policy, [first])
      .when(put(stricter))
      .then(PolicyPutInForce({ ...stricter, at: later(5) })))
  test('is recorded again when an older one comes back', () =>
    given(policy, [first, PolicyPutInForce({ ...stricter, at: later(1) })])
      .when(put(aPolicy))
      .then(PolicyPutInForce({ ...aPolicy, at: later(5) })))
})

test('two values of JSON are the same if and only if they are equal but for the order of properties', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, inner]) => [name, reversed(inner)]),
    )
  }
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(sameValue(a, reversed(a))).toBe(true)
      expect(sameValue(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b) || expectEqual(a, b))
    }),
  )
  expect(sameValue({ a: undefined }, { b: undefined })).toBe(false)
  expect([sameValue([], {}), sameValue(null, {}), sameValue([1, 2], [2, 1])]).toEqual([false, false, false])
})

const expectEqual = (a: unknown, b: unknown) => {
  try {
    expect(a).toStrictEqual(b)
    return true
  } catch {
    return false
  }
}
