import { expect, test } from 'vitest'
import { isGuessing } from '../../../domain/second-factor/code-policy.ts'

test.each([
  [0, 2, false],
  [0, 3, true],
  [2, 4, false],
  [2, 5, true],
])('a challenge from after %i locks is void after three more: with %i it is %s', (before, now, isVoid) =>
  expect(isGuessing(before, now)).toBe(isVoid),
)
