import fc from 'fast-check'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../../domain/catalogue.ts'
import { defineEvent } from '../../../domain/kernel/event.ts'
import { anyEventOf } from '../../support/domain/any-event.ts'

const GateOpened = defineEvent('GateOpened', 2, { gate: t.string })
const opened = { type: 'GateOpened', version: 2, data: { gate: 'north' } } as const

describe('a kind of event', () => {
  test('makes events with its own name and version', () => expect(GateOpened({ gate: 'north' })).toEqual(opened))
  test('tells its name and version', () => expect([GateOpened.type, GateOpened.version]).toEqual(['GateOpened', 2]))
  test('names its codec after both', () => expect(GateOpened.codec.name).toBe('GateOpened@2'))
  test('reads what it made', () => expect(GateOpened.codec.decode(opened)).toEqual(right(opened)))
  test('leaves out what it does not know', () =>
    expect(GateOpened.codec.decode({ ...opened, extra: 1, data: { gate: 'north', extra: 1 } })).toEqual(right(opened)))

  test.each([
    ['of another name', { ...opened, type: 'GateClosed' }],
    ['of another version', { ...opened, version: 1 }],
    ['without data', { ...opened, data: {} }],
    ['with wrong data', { ...opened, data: { gate: 7 } }],
  ])('does not read an event %s', (_, wrong) => expect(isLeft(GateOpened.codec.decode(wrong))).toBe(true))
})

describe.each(Object.entries(catalogue))('every event of %s', (_, kinds) => {
  test('comes back from JSON as it went in', () => {
    fc.assert(
      fc.property(anyEventOf<(typeof kinds)[number]>(kinds), (event) => {
        const codec: t.Any | undefined = kinds.find(({ type }) => type === event.type)?.codec
        expect(codec?.decode(JSON.parse(JSON.stringify(codec.encode(event))))).toEqual(right(event))
      }),
    )
  })
})
