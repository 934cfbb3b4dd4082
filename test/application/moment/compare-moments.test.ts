import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareMoments } from '../../../application/moment/compare-moments.ts'

const session = (id: string, lastSeenAt: string) => ({ id, lastSeenAt, factors: ['pwd'] })
const before = {
  time: 'a',
  position: 1,
  isWhole: true,
  status: 'active',
  roles: ['editor'],
  claims: { id: 7, at: 5 },
  sessions: [session('s1', 'x')],
}

test('names what was added, removed and changed by its path', () => {
  const after = {
    ...before,
    time: 'b',
    position: 9,
    roles: ['author'],
    claims: { id: 8 },
    sessions: [session('s1', 'y'), session('s2', 'x')],
  }
  expect(compareMoments(before, after)).toEqual([
    { change: 'removed', field: 'claims.at', before: 5, after: null },
    { change: 'changed', field: 'claims.id', before: 7, after: 8 },
    { change: 'added', field: 'roles.author', before: null, after: true },
    { change: 'removed', field: 'roles.editor', before: true, after: null },
    { change: 'changed', field: 'sessions.s1.lastSeenAt', before: 'x', after: 'y' },
    { change: 'added', field: 'sessions.s2.factors.pwd', before: null, after: true },
    { change: 'added', field: 'sessions.s2.lastSeenAt', before: null, after: 'x' },
  ])
})

test('finds nothing between equal moments, and the opposite the other way round', () => {
  const aMoment = fc.record({
    status: fc.constantFrom('active', 'disabled'),
    roles: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    claims: fc.dictionary(fc.constantFrom('x', 'y', 'id', 'time'), fc.oneof(fc.boolean(), fc.nat(3), fc.constant(null))),
    sessions: fc.uniqueArray(fc.record({ id: fc.constantFrom('1', '2'), at: fc.nat(2) }), { selector: ({ id }) => id }),
  })
  const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const
  fc.assert(
    fc.property(aMoment, aMoment, (one, other) => {
      expect(compareMoments(one, one)).toEqual([])
      const back = compareMoments(other, one).map(({ change, field, before, after }) => {
        return { change: opposite[change], field, before: after, after: before }
      })
      expect(back).toEqual(compareMoments(one, other))
    }),
  )
})
