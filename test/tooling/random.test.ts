import { expect, test } from 'vitest'
import { randomFrom } from '../support/random.ts'

const choices = (seed: number) => {
  const random = randomFrom(seed)
  return [...Array.from({ length: 20 }, () => random.below(1000)), ...random.shuffled([1, 2, 3, 4, 5]), random.pick(['a', 'b', 'c'])]
}

test('the same seed repeats every random choice, another one does not', () => {
  expect(choices(7)).toEqual(choices(7))
  expect(choices(7)).not.toEqual(choices(8))
})

test('a number below n is at least 0, and a shuffle keeps all items', () => {
  const random = randomFrom(1)
  const drawn = Array.from({ length: 1000 }, () => random.below(4))
  expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3])
  expect(random.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5])
})
