import { expect, test } from 'vitest'
import { foldedStates } from '../../application/folded.ts'

const remembered = (states: ReturnType<typeof foldedStates>, names: readonly string[]) =>
  names.filter((name) => states.get(name) !== undefined)

test('no more states are remembered than the limit, and the one unused for longest goes first', () => {
  const states = foldedStates(3)
  for (const name of ['a', 'b', 'c']) states.keep(name, { state: name, revision: 0 })
  states.keep('a', { state: 'newer', revision: 1 })
  states.keep('d', { state: 'd', revision: 0 })
  expect(remembered(states, ['b', 'c', 'd', 'a'])).toEqual(['c', 'd', 'a'])
  expect(states.get('a')).toEqual({ state: 'newer', revision: 1 })
})

test('a state that was asked for has been used', () => {
  const states = foldedStates(2)
  states.keep('a', { state: 'a', revision: 0 })
  states.keep('b', { state: 'b', revision: 0 })
  states.get('a')
  states.keep('c', { state: 'c', revision: 0 })
  expect(remembered(states, ['a', 'b', 'c'])).toEqual(['a', 'c'])
})

test('however many streams are seen, the memory stays at its limit', () => {
  const states = foldedStates(10)
  const names = Array.from({ length: 1000 }, (_, n) => `stream-${n}`)
  for (const name of names) states.keep(name, { state: name, revision: 0 })
  expect(remembered(states, names)).toEqual(names.slice(-10))
})
