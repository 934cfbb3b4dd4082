import { describe, expect, test } from 'vitest'
import { codesLeft, endsFactor, fresh, isUsable, sizeOf, spend, spendAll } from '../../../domain/second-factor/recovery-codes.ts'
import { jumpAhead, singleUse } from '../../support/domain/second-factor-examples.ts'

const having = (set: Parameters<typeof fresh>[0], ...numbers: readonly number[]) => numbers.reduce(spend, fresh(set))
const good = (recovery: ReturnType<typeof fresh>) => [0, 1, 2, 3, 4, 5, 6].filter((number) => isUsable(recovery, number))

describe('a set of recovery codes', () => {
  test.each([singleUse(1, 5), jumpAhead(1, 5)])('$scheme: all are good at first, and no other number', (set) => {
    expect(sizeOf(set)).toBe(5)
    expect(codesLeft(fresh(set))).toBe(5)
    expect(good(fresh(set))).toEqual([1, 2, 3, 4, 5])
  })

  test('single-use: each is good until it is spent, in any order', () => {
    expect(good(having(singleUse(1, 5), 4, 2))).toEqual([1, 3, 5])
    expect(codesLeft(having(singleUse(1, 5), 4, 2))).toBe(3)
    expect(codesLeft(having(singleUse(1, 5), 5, 4, 3, 2, 1))).toBe(0)
  })

  test('jump-ahead: one spends itself and all before it', () => {
    expect(good(having(jumpAhead(1, 5), 2))).toEqual([3, 4, 5])
    expect(codesLeft(having(jumpAhead(1, 5), 2))).toBe(3)
    expect(good(having(jumpAhead(1, 5), 1, 4))).toEqual([5])
    expect(codesLeft(having(jumpAhead(1, 5), 4))).toBe(1)
  })

  test.each([singleUse(1, 5), jumpAhead(1, 5)])('$scheme: once all are spent, none is good, and no factor ends', (set) => {
    const all = spendAll(having(set, 2))
    expect([good(all), codesLeft(all)]).toEqual([[], 0])
  })

  test('the last of a jump-ahead set ends the factor, and none of the others does', () => {
    expect([1, 4, 5].map((number) => endsFactor(fresh(jumpAhead(1, 5)), number))).toEqual([false, false, true])
    expect([1, 4, 5].map((number) => endsFactor(fresh(singleUse(1, 5)), number))).toEqual([false, false, false])
  })
})
