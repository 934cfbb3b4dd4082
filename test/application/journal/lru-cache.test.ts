import { expect, test } from 'vitest'
import { lruCache } from '../../../application/journal/lru-cache.ts'

type Memory = ReturnType<typeof lruCache<string>>

const keepAll = (memory: Memory, names: readonly string[]) => {
  for (const name of names) memory.keep(name, `value of ${name}`)
}
const remembered = (memory: Memory, names: readonly string[]) => names.filter((name) => memory.get(name) !== undefined)

test('those unused for longest go first', () => {
  const memory = lruCache<string>(4)
  keepAll(memory, ['a', 'b', 'c', 'd', 'e'])
  expect(remembered(memory, ['a', 'b', 'c', 'd', 'e'])).toEqual(['c', 'd', 'e'])
})

test('a value that was asked for has been used', () => {
  const memory = lruCache<string>(4)
  keepAll(memory, ['a', 'b', 'c'])
  memory.get('a')
  keepAll(memory, ['d', 'e'])
  expect(remembered(memory, ['a', 'b'])).toEqual(['a'])
})

test('of one key the newest value is remembered, wherever the older one stands', () => {
  const memory = lruCache<string>(4)
  keepAll(memory, ['a', 'b', 'c'])
  memory.keep('a', 'newer')
  expect(memory.get('a')).toBe('newer')
})

test('one key that is kept again and again pushes nobody out', () => {
  const memory = lruCache<string>(4)
  keepAll(memory, ['a', 'b', 'b', 'b', 'b', 'b'])
  expect(remembered(memory, ['a', 'b'])).toEqual(['a', 'b'])
})

test.each([2, 9, 10])('however many keys are seen, the memory stays at its limit of %d', (limit) => {
  const memory = lruCache<string>(limit)
  const names = Array.from({ length: 1000 }, (_, n) => `key-${n}`)
  keepAll(memory, names)
  expect(remembered(memory, names.slice(0, -limit))).toEqual([])
  expect(memory.get('key-999')).toBeDefined()
})

test('what is dropped is gone, and so is everything once it is cleared', () => {
  const memory = lruCache<string>(4)
  keepAll(memory, ['a', 'b', 'c', 'd'])
  memory.drop('a')
  memory.drop('d')
  expect(remembered(memory, ['a', 'b', 'd'])).toEqual(['b'])
  memory.clear()
  expect(remembered(memory, ['b', 'c'])).toEqual([])
})
