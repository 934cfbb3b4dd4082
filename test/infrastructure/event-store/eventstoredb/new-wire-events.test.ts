import { isRight, left } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { newWireEvents } from '../../../../infrastructure/event-store/eventstoredb/new-wire-events.ts'
import { newEvent, newEvents } from '../../../contract/event-store/support.ts'

const stream = 'account-a'

test.each([
  ['an id that is not a UUID', { eventId: 'an-id' }],
  ['an id in upper case', { eventId: newEvent().eventId.toUpperCase() }],
  ['a type of the server', { type: '$streamDeleted' }],
  ['a type that is not well-formed Unicode', { type: '\ud800' }],
])('throws for %s, which the client would not reject', (_, wrong) =>
  expect(() => newWireEvents(stream, 'no_stream', [{ ...newEvent(), ...wrong }])).toThrow(TypeError),
)

test('throws for a stream of the server', () => expect(() => newWireEvents('$settings', 'no_stream', newEvents(1))).toThrow(TypeError))

test('is a conflict when an id stands twice', () => {
  const event = newEvent()
  expect(newWireEvents(stream, 'no_stream', [event, event])).toEqual(left({ type: 'conflict', stream }))
})

test('is refused when it is larger than the server accepts', () => {
  expect(isRight(newWireEvents(stream, 'no_stream', [newEvent('x'.repeat(1_048_000))]))).toBe(true)
  expect(newWireEvents(stream, 'no_stream', [newEvent('x'.repeat(1_048_577))])).toMatchObject(left({ type: 'unavailable' }))
})

test('copies the data, because the client encodes it later', () => {
  const data = { count: 1 }
  const wire = newWireEvents(stream, 'no_stream', [newEvent(data)])
  data.count = 2
  expect(wire).toMatchObject({ right: [{ data: { count: 1 } }] })
})
