import { left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { defineEvent } from '../../../domain/kernel/event.ts'
import { Instant, instant } from '../../../domain/kernel/instant.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'

const noon = '2026-06-01T12:00:00.000Z'
const GateOpened = defineEvent('GateOpened', 3, { by: t.string, gates: t.array(t.string), at: Instant })
const GateShut = defineEvent('GateShut', 1, { at: Instant })
const reader = (asked: unknown[] = []) =>
  eventReader([GateOpened, GateShut], {
    'DoorOpened@1': (data: { gate: string; at: string }) => {
      asked.push(data)
      return { type: 'GateOpened', version: 2, data }
    },
    'GateOpened@2': ({ gate, at }: { gate: string; at: string }) => ({
      type: 'GateOpened',
      version: 3,
      data: { by: 'unknown', gates: [gate], at },
    }),
  })

describe('a reader of events', () => {
  test('reads the shape of today', () => {
    const stored = { type: 'GateOpened', version: 3, data: { by: 'porter', gates: ['north', 'south'], at: noon } }
    expect(reader().decode(stored)).toEqual(right(GateOpened({ by: 'porter', gates: ['north', 'south'], at: instant(Date.parse(noon)) })))
  })

  test('lifts an old shape to the one of today', () => {
    const lifted = GateOpened({ by: 'unknown', gates: ['north'], at: instant(Date.parse(noon)) })
    expect(reader().decode({ type: 'GateOpened', version: 2, data: { gate: 'north', at: noon } })).toEqual(right(lifted))
  })

  test('lifts the oldest shape, under its old name, by a chain of two', () => {
    const asked: unknown[] = []
    const lifted = GateOpened({ by: 'unknown', gates: ['north'], at: instant(Date.parse(noon)) })
    expect(reader(asked).decode({ type: 'DoorOpened', version: 1, data: { gate: 'north', at: noon } })).toEqual(right(lifted))
    expect(asked).toEqual([{ gate: 'north', at: noon }])
  })

  test('tells several kinds apart', () => {
    expect(reader().decode({ type: 'GateShut', version: 1, data: { at: noon } })).toEqual(
      right(GateShut({ at: instant(Date.parse(noon)) })),
    )
  })

  test.each([
    ['an event that it does not know', { type: 'GatePainted', version: 1, data: { at: noon } }],
    ['a version that was never shipped', { type: 'GateOpened', version: 4, data: { by: 'porter', gates: [], at: noon } }],
    ['a version older than the oldest upcaster', { type: 'GateOpened', version: 1, data: { gate: 'north', at: noon } }],
    ['data that lacks a field', { type: 'GateShut', version: 1, data: {} }],
    ['a time that is no ISO 8601 instant', { type: 'GateShut', version: 1, data: { at: '2026-06-01' } }],
    ['data that is not an object', { type: 'GateShut', version: 1, data: null }],
  ])('stops at %s and names it as it was stored', (_, stored) => {
    expect(reader().decode(stored)).toEqual(left({ type: 'unreadable_event', eventType: stored.type, eventVersion: stored.version }))
  })

  test('names an old event that its upcasters cannot lift as it was stored, and not the value', () => {
    const broken = { type: 'DoorOpened', version: 1, data: { gate: 42, at: noon } }
    expect(reader().decode(broken)).toEqual(left({ type: 'unreadable_event', eventType: 'DoorOpened', eventVersion: 1 }))
  })

  test('writes times as a person would read them', () => {
    expect(reader().encode(GateShut({ at: instant(Date.parse(noon)) }))).toEqual({ type: 'GateShut', version: 1, data: { at: noon } })
  })

  test('drops what the shape does not name', () => {
    expect(reader().decode({ type: 'GateShut', version: 1, data: { at: noon, colour: 'red' } })).toEqual(
      right(GateShut({ at: instant(Date.parse(noon)) })),
    )
  })
})
