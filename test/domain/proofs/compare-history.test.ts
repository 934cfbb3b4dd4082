import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareHistory, type RecordedEntry } from '../../../domain/proofs/compare-history.ts'

/** Positions have gaps: between them is what happened to others. */
const recordedOf = (count: number): RecordedEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    position: 10 * (n + 1),
    entry: { receipt: `receipt ${n}`, type: `Type${n}`, claims: { a: n, b: 1 }, address: '192.0.2.1' },
    unreadable: [],
  }))

const counts = fc.integer({ min: 2, max: 30 })
const logAndPlace = counts.chain((count) => fc.record({ count: fc.constant(count), at: fc.nat(count - 1) }))

describe('the history of an export', () => {
  test('that nobody changed fits, and so does one that was made earlier', () => {
    fc.assert(
      fc.property(logAndPlace, ({ count, at }) => {
        const recorded = recordedOf(count)
        const earlier = recorded.slice(0, at + 1).map(({ entry }) => entry)
        expect(compareHistory(earlier, recorded, recorded[at]?.position ?? 0)).toEqual([])
      }),
    )
  })

  test('from which any entry was dropped is named at its position, the first and the last too', () => {
    fc.assert(
      fc.property(logAndPlace, ({ count, at }) => {
        const recorded = recordedOf(count)
        const told = recorded.map(({ entry }) => entry).toSpliced(at, 1)
        expect(compareHistory(told, recorded, 10 * count)).toEqual([{ type: 'missing', after: at, position: 10 * (at + 1) }])
      }),
    )
  })

  test('in which any field of any entry was changed, added or left out is named with the field', () => {
    fc.assert(
      fc.property(logAndPlace, fc.constantFrom('type', 'claims', 'address', 'extra'), ({ count, at }, field) => {
        const recorded = recordedOf(count)
        const told = recorded.map(({ entry }, n) => (n === at ? { ...entry, [field]: 'something else' } : entry))
        const finding = { type: 'changed', entry: at + 1, position: 10 * (at + 1), fields: [field] }
        expect(compareHistory(told, recorded, 10 * count)).toEqual([finding])
      }),
    )
  })

  test('with an invented or repeated entry anywhere is named', () => {
    fc.assert(
      fc.property(logAndPlace, ({ count, at }) => {
        const recorded = recordedOf(count)
        const whole = recorded.map(({ entry }) => entry)
        const invented = whole.toSpliced(at, 0, { receipt: 'of nobody', type: 'Type0' })
        expect(compareHistory(invented, recorded, 10 * count)).toEqual([{ type: 'invented', entry: at + 1 }])
        const repeated = whole.toSpliced(at + 1, 0, ...whole.slice(at, at + 1))
        expect(compareHistory(repeated, recorded, 10 * count)).toEqual([{ type: 'repeated', entry: at + 2 }])
      }),
    )
  })

  test('in any other order is named', () => {
    fc.assert(
      fc.property(
        counts.chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count })),
        (order) => {
          const recorded = recordedOf(order.length)
          const told = order.flatMap((n) => recorded[n]?.entry ?? [])
          const types = compareHistory(told, recorded, 10 * order.length).map(({ type }) => type)
          const isSorted = order.every((n, place) => n === place)
          expect(new Set(types)).toEqual(new Set(isSorted ? [] : ['reordered']))
        },
      ),
    )
  })

  test('is not blamed for what nobody can read any more, nor for the order of members', () => {
    const recorded = [{ position: 1, entry: { receipt: 'r', address: null, claims: { a: 1, b: 2 } }, unreadable: ['address'] }]
    expect(compareHistory([{ receipt: 'r', address: '192.0.2.1', claims: { b: 2, a: 1 } }], recorded, 1)).toEqual([])
  })
})
