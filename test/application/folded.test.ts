import { expect, test } from 'vitest'
import { foldedStates } from '../../application/folded.ts'

const remembered = (states: ReturnType<typeof foldedStates>, names: readonly string[]) =>
  names.filter((name) => states.get(name) !== undefined)

const keepAll = (states: ReturnType<typeof foldedStates>, names: readonly string[]) => {
  for (const name of names) states.keep(name, { state: name, revision: 0 })
}

test('those unused for longest go first', () => {
  const states = foldedStates(4)
  keepAll(states, ['a', 'b', 'c', 'd', 'e'])
  expect(remembered(states, ['a', 'b', 'c', 'd', 'e'])).toEqual(['c', 'd', 'e'])
})

test('a state that was asked for has been used', () => {
  const states = foldedStates(4)
  keepAll(states, ['a', 'b', 'c'])
  states.get('a')
  keepAll(states, ['d', 'e'])
  expect(remembered(states, ['a', 'b'])).toEqual(['a'])
})

test('of one stream the newest state is remembered, wherever the older one stands', () => {
  const states = foldedStates(4)
  keepAll(states, ['a', 'b', 'c'])
  states.keep('a', { state: 'newer', revision: 1 })
  expect(states.get('a')).toEqual({ state: 'newer', revision: 1 })
})

test('one stream that is kept again and again pushes nobody out', () => {
  const states = foldedStates(4)
  keepAll(states, ['a', 'b', 'b', 'b', 'b', 'b'])
  expect(remembered(states, ['a', 'b'])).toEqual(['a', 'b'])
})

test.each([2, 9, 10])('however many streams are seen, the memory stays at its limit of %d', (limit) => {
  const states = foldedStates(limit)
  const names = Array.from({ length: 1000 }, (_, n) => `stream-${n}`)
  keepAll(states, names)
  const kept = names.filter((_, at) => at < 1000 - limit && states.get(names[at] as string) !== undefined)
  expect(kept).toEqual([])
  expect(states.get('stream-999')).toBeDefined()
})
