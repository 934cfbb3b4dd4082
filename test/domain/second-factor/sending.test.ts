import { describe, test } from 'vitest'
import * as a from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const { decider, started, attempted, confirmed, accepted, rejected, spent, active, removed, voided, issued, locked, sent, singleUse } = a

const half = 30_000
const quarter = 900_000
const fiveSent = [0, 1, 2, 3, 4].map((n) => sent(n * half))
const tooSoon = (ms: number) => ({ type: 'codes_sent' as const, until: later(ms) })

describe('a code', () => {
  test('is sent to whoever has a second factor', () => given(decider, active()).when(a.send(7)).then(sent(7)))
  test('is sent to whoever has still to confirm one', () => given(decider, [started()]).when(a.send(7)).then(sent(7)))
  test('is sent to nobody else', () => given(decider).when(a.send()).thenRefused({ type: 'not_enrolled' }))
  test('is not sent after the second factor was removed', () =>
    given(decider, [...active(), removed()])
      .when(a.send())
      .thenRefused({ type: 'not_enrolled' }))
  test('is not sent for an enrolment that was given up', () =>
    given(decider, [started(), voided()]).when(a.send()).thenRefused({ type: 'not_enrolled' }))
  test('goes out with an enrolment', () =>
    given(decider)
      .when(a.enroll(singleUse(1), 1, 7, true))
      .then(started(singleUse(1), 1, 7), sent(7)))
  test('is not sent while it could only be refused', () =>
    given(decider, [...active(), locked()])
      .when(a.send(a.minute - 1))
      .thenRefused({ type: 'codes_locked', until: later(a.minute) }))
  test('is sent when the lock is over', () =>
    given(decider, [...active(), locked()])
      .when(a.send(a.minute))
      .then(sent(a.minute)))
})

describe('another code', () => {
  test('is not sent within half a minute: it would be the same', () =>
    given(decider, [...active(), sent()])
      .when(a.send(half - 1))
      .thenRefused(tooSoon(half)))
  test('is sent after that', () =>
    given(decider, [...active(), sent()])
      .when(a.send(half))
      .then(sent(half)))
  test('is not sent at once because the last one was right', () =>
    given(decider, [...active(), sent(), attempted(2), accepted(2, 101)])
      .when(a.send(half - 1))
      .thenRefused(tooSoon(half)))
  test('does not go out with a second enrolment within half a minute, which is not begun then', () =>
    given(decider, [started(), sent()])
      .when(a.enroll(singleUse(2), 2, half - 1, true))
      .thenRefused(tooSoon(half)))
  test('is not needed for an enrolment that sends none', () =>
    given(decider, [started(), sent()])
      .when(a.enroll(singleUse(2), 2))
      .then(started(singleUse(2), 2)))
})

describe('five codes that nobody used', () => {
  test('are all that are sent in a quarter of an hour', () =>
    given(decider, [...active(), ...fiveSent])
      .when(a.send(quarter - 1))
      .thenRefused(tooSoon(quarter)))
  test('are followed by the next when the first is a quarter of an hour old', () =>
    given(decider, [...active(), ...fiveSent])
      .when(a.send(quarter))
      .then(sent(quarter)))
  test('and by one more for each that grows as old', () =>
    given(decider, [...active(), ...fiveSent, sent(quarter)])
      .when(a.send(quarter + half - 1))
      .thenRefused(tooSoon(quarter + half)))
  test('are followed by none for half a minute, however late the last was', () =>
    given(decider, [...active(), ...fiveSent.slice(0, 4), sent(quarter - 1)])
      .when(a.send(quarter))
      .thenRefused(tooSoon(quarter - 1 + half)))
  test('count for an enrolment too, and for the next one', () =>
    given(decider, [...active(), ...fiveSent, removed()])
      .when(a.enroll(singleUse(2), 2, quarter - 1, true))
      .thenRefused(tooSoon(quarter)))
  test('are as many after a wrong code, other recovery codes and a lock', () =>
    given(decider, [...active(), ...fiveSent, attempted(2), rejected(2), locked(), issued(singleUse(2))])
      .when(a.send(quarter - 1))
      .thenRefused(tooSoon(quarter)))
  test.each([accepted(2, 101), spent(2, 1)])('are forgotten with a right one: $type', (right) =>
    given(decider, [...active(), ...fiveSent, attempted(2), right])
      .when(a.send(5 * half))
      .then(sent(5 * half)),
  )
  test('are forgotten when the enrolment is confirmed', () =>
    given(decider, [started(), ...fiveSent, attempted(1, 'confirmation'), confirmed(1, 100)])
      .when(a.send(5 * half))
      .then(sent(5 * half)))
})
