import fc from 'fast-check'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Instant, instant } from '../../../domain/kernel/instant.ts'
import { noon } from '../../support/domain/time.ts'

test('a time stands in the log as a person would read it', () => expect(Instant.encode(noon)).toBe('2026-06-01T12:00:00.000Z'))

test('a time is read from the log in milliseconds', () => expect(Instant.decode('2026-06-01T12:00:00.001Z')).toEqual(right(noon + 1)))

test('every time comes back from the log as it went in', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(Instant.decode(Instant.encode(instant(date.getTime())))).toEqual(right(date.getTime()))
    }),
  )
})

test.each([
  ['without milliseconds', '2026-06-01T12:00:00Z'],
  ['of another zone', '2026-06-01T14:00:00.000+02:00'],
  ['that never was', '2026-02-30T12:00:00.000Z'],
  ['without a time', '2026-06-01'],
  ['that is no date', 'noon'],
  ['in milliseconds', Number(noon)],
  ['that is nothing', null],
])('a time %s is not read', (_, written) => {
  const decoded = Instant.decode(written)
  expect(isLeft(decoded) && decoded.left.map(({ message, context }) => [message, context.map(({ type }) => type.name)])).toEqual([
    ['an ISO 8601 time in UTC with milliseconds', ['Instant']],
  ])
})

test('a time is a whole number of milliseconds', () => {
  expect([noon, noon + 0.5, Number.NaN, '2026-06-01T12:00:00.000Z', null].map(Instant.is)).toEqual([true, false, false, false, false])
})
