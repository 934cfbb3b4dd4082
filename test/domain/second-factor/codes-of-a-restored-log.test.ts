import { describe, test } from 'vitest'
import type { Command } from '../../../domain/second-factor/decider.ts'
import { CodesVoided, type SecondFactorEvent } from '../../../domain/second-factor/events.ts'
import {
  accepted,
  active,
  attempt,
  attempted,
  decider,
  issued,
  jumpAhead,
  recoveryCode,
  rejected,
  sent,
  settle,
  singleUse,
  started,
  step,
} from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given as givenTo } from '../../support/given.ts'

const given = (...past: SecondFactorEvent[]) => givenTo(decider, past)

const voidCodes = (timeStep: number): Command => ({ type: 'voidCodes', timeStep, at: later(0) })
const voided = (timeStep: number) => CodesVoided({ because: 'log_restored', timeStep, at: later(0) })

describe.each([singleUse(1), jumpAhead(1)])('once the log was restored, with $scheme', (set) => {
  const restored = [...active(set), voided(200), attempted(2)]

  test('a code of a step until then is wrong', () =>
    given(...restored)
      .when(settle(2, step(200)))
      .then(rejected(2)))
  test('a later one is right', () =>
    given(...restored)
      .when(settle(2, step(201)))
      .then(accepted(2, 201)))
  test.each([1, 2, 10])('recovery code %i is void', (number) =>
    given(...restored)
      .when(settle(2, recoveryCode(number)))
      .then(rejected(2)),
  )
  test('a new set counts', () =>
    given(...active(set), voided(200), issued(set), attempted(2))
      .when(settle(2, step(200)))
      .then(rejected(2)))
})

test('a later step that was accepted stays the last one', () =>
  given(...active(), attempted(2), accepted(2, 300), voided(200), attempted(3))
    .when(settle(3, step(300)))
    .then(rejected(3)))

test('an enrollment that was begun cannot be confirmed', () =>
  given(started(), voided(200)).when(attempt(1, 'confirmation')).thenRefused({ type: 'not_enrolled' }))

test('it is recorded once, and only where there is something', () => {
  given().when(voidCodes(200)).thenNothing()
  given(...active())
    .when(voidCodes(200))
    .then(voided(200))
  given(...active(), voided(200))
    .when(voidCodes(200))
    .thenNothing()
  given(...active(), voided(200))
    .when(voidCodes(201))
    .then(voided(201))
  given(started()).when(voidCodes(200)).then(voided(200))
  given(sent(), voided(200)).when(voidCodes(200)).thenNothing()
})
