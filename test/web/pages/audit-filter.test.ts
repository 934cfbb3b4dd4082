import { describe, expect, test } from 'vitest'
import { type AuditEntry, mergeEntries } from '../../../web/pages/admin/audit/audit-entry.ts'
import {
  auditPath,
  exportUrl,
  filterCount,
  filterIn,
  filterOfForm,
  localMinute,
  passes,
} from '../../../web/pages/admin/audit/audit-filter.ts'

const entry = (position: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  position,
  at: '2026-05-04T10:00:30.000Z',
  type: 'PasswordRejected',
  account: 'a',
  actor: 'anonymous',
  summary: 'Password rejected',
  session: null,
  correlationId: `c${position}`,
  address: null,
  ...more,
})

const formOf = (fields: Readonly<Record<string, string>>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('the filters of the audit trail', () => {
  test('are the same after a way through the address of the page', () => {
    const filter = { account: 'a', actor: 'system', type: 'RoleGranted', address: '2001:db8::1', from: '2026-05-04T10:00:00.000Z' }
    const { searchParams } = new URL(auditPath(filter), 'http://localhost')
    expect(filterIn(searchParams)).toEqual(filter)
    expect(auditPath({})).toBe('/admin/audit')
  })

  test('count a last minute in, and leave out what is empty', () => {
    const filter = filterOfForm(formOf({ account: ' a ', actor: '', from: '2026-05-04T10:00', to: '2026-05-04T10:00' }))
    const minute = new Date('2026-05-04T10:00').getTime()
    expect(filter).toEqual({ account: 'a', from: new Date(minute).toISOString(), to: new Date(minute + 59_999).toISOString() })
    expect([localMinute(filter.from), localMinute(filter.to), localMinute('soon')]).toEqual(['2026-05-04T10:00', '2026-05-04T10:00', ''])
  })

  test.each([
    [{}, true],
    [{ account: 'a', actor: 'anonymous', type: 'PasswordRejected' }, true],
    [{ from: '2026-05-04T10:00:30.000Z', to: '2026-05-04T10:00:30.000Z' }, true],
    [{ account: 'b' }, false],
    [{ actor: 'system' }, false],
    [{ type: 'PasswordAccepted' }, false],
    [{ from: '2026-05-04T10:00:30.001Z' }, false],
    [{ to: '2026-05-04T10:00:29.999Z' }, false],
  ])('let a live entry through: %j: %s', (filter, isThrough) => {
    expect(passes(filter, entry(1))).toBe(isThrough)
  })

  test('find whatever a part of the system did', () => {
    const bySeed = entry(1, { actor: 'system:seed' })
    expect([{ actor: 'system' }, { actor: 'system:seed' }, { actor: 'system:other' }].map((filter) => passes(filter, bySeed))).toEqual([
      true,
      true,
      false,
    ])
  })

  test('leave entries that arrive live and in a page once each, newest first', () => {
    const positions = mergeEntries(false, [entry(5), entry(3)], [entry(7), entry(5)], []).map(({ position }) => position)
    expect(positions).toEqual([7, 5, 3])
  })
})

describe('the order', () => {
  test('is no filter, and stands in the address only if it is not the usual one', () => {
    expect(filterIn(new URLSearchParams('order=oldest&session=s'))).toEqual({ order: 'oldest', session: 's' })
    expect(filterIn(new URLSearchParams('order=newest'))).toEqual({})
    expect(filterIn(new URLSearchParams('order=x'))).toEqual({})
    expect(filterCount({ order: 'oldest', session: 's' })).toBe(1)
    expect(auditPath({ order: 'oldest' })).toBe('/admin/audit?order=oldest')
  })

  test('is not asked of an export, which has one of its own', () => {
    expect(exportUrl('', { order: 'oldest', type: 'A,B' }, 'csv')).toBe('/api/1/audit/export?format=csv&type=A%2CB')
  })

  test('decides where a live entry is merged', () => {
    const positions = (isOldestFirst: boolean) =>
      mergeEntries(isOldestFirst, [entry(1), entry(3)], [entry(2)]).map(({ position }) => position)
    expect([positions(false), positions(true)]).toEqual([
      [3, 2, 1],
      [1, 2, 3],
    ])
  })
})

test('live entries pass by session, correlation and each of several types', () => {
  const of = entry(1, { session: 's', type: 'A', correlationId: 'c' })
  expect([{ session: 's' }, { correlation: 'c' }, { type: 'B,A' }].map((filter) => passes(filter, of))).toEqual([true, true, true])
  expect([{ session: 't' }, { correlation: 'd' }, { type: 'B,C' }].map((filter) => passes(filter, of))).toEqual([false, false, false])
})
