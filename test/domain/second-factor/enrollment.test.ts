import { describe, expect, test } from 'vitest'
import type { Command } from '../../../domain/second-factor/decider.ts'
import { sessionId } from '../../support/domain/ids.ts'
import * as a from '../../support/domain/second-factor-examples.ts'
import { jumpAhead, singleUse } from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const { decider, started, attempted, confirmed, rejected, active, removed, voided, locked, step, nothing } = a

describe('an enrolment', () => {
  test('is begun', () => given(decider).when(a.enroll()).then(started()))
  test('is begun with derived secrets as with sealed ones', () =>
    given(decider)
      .when(a.enroll(jumpAhead(1), 2, 5))
      .then(started(jumpAhead(1), 2, 5)))
  test('can be begun anew before it is confirmed', () =>
    given(decider, [started()])
      .when(a.enroll(singleUse(2), 2))
      .then(started(singleUse(2), 2)))
  test('is not begun beside a second factor that is active', () =>
    given(decider, active()).when(a.enroll()).thenRefused({ type: 'already_enrolled' }))
  test('can follow a removal', () =>
    given(decider, [...active(), removed()])
      .when(a.enroll(singleUse(2), 2))
      .then(started(singleUse(2), 2)))

  test('is confirmed by its first right code', () =>
    given(decider, [started(), attempted(1, 'confirmation')])
      .when(a.settle(1, step(100), 7))
      .then(confirmed(1, 100, 7)))
  test('is not confirmed by a wrong code', () =>
    given(decider, [started(), attempted(1, 'confirmation')])
      .when(a.settle(1, nothing, 7))
      .then(rejected(1, 7)))
  test('is not confirmed by a recovery code, which was only just shown', () =>
    given(decider, [started(), attempted(1, 'confirmation')])
      .when(a.settle(1, a.recoveryCode(1)))
      .then(rejected(1)))
  test('is not confirmed by a code of the one before', () =>
    given(decider, [started(), attempted(1, 'confirmation'), started(singleUse(2), 2)])
      .when(a.settle(1, step(100)))
      .thenRefused({ type: 'code_not_pending' }))
  test('is confirmed once', () =>
    given(decider, [started(), attempted(1, 'confirmation'), attempted(2, 'confirmation'), confirmed(1, 100)])
      .when(a.settle(2, step(101)))
      .thenRefused({ type: 'code_not_pending' }))
  test('begun before a removal is gone with the factor', () =>
    given(decider, [...active(), removed()])
      .when(a.attempt(3, 'confirmation'))
      .thenRefused({ type: 'not_enrolled' }))
})

describe('a code to confirm', () => {
  test('is counted before it is checked', () =>
    given(decider, [started()])
      .when(a.attempt(1, 'confirmation', 3))
      .then(attempted(1, 'confirmation', 3)))
  test('is not taken where nothing was begun', () =>
    given(decider).when(a.attempt(1, 'confirmation')).thenRefused({ type: 'not_enrolled' }))
  test('is not taken where a second factor is active', () =>
    given(decider, active()).when(a.attempt(2, 'confirmation')).thenRefused({ type: 'already_enrolled' }))
  test('is not taken while locked', () =>
    given(decider, [started(), attempted(1, 'confirmation'), attempted(2, 'confirmation'), locked()])
      .when(a.attempt(3, 'confirmation', a.minute - 1))
      .thenRefused({ type: 'codes_locked', until: later(a.minute) }))
  test('counts against a budget that no new enrolment gives back', () =>
    given(decider, [started(), attempted(1, 'confirmation'), rejected(1), started(), attempted(2, 'confirmation'), started()])
      .when(a.attempt(3, 'confirmation', 9))
      .then(locked(9)))
})

describe('an enrolment that was never confirmed', () => {
  test.each(['login', 'elevation', 'removal', 'recovery_codes'] as const)('is good for no code for %s', (purpose) =>
    given(decider, [started()]).when(a.attempt(1, purpose)).thenRefused({ type: 'not_enrolled' }),
  )
  test('has no recovery codes to be replaced', () =>
    given(decider, [started()])
      .when(a.issue(singleUse(2)))
      .thenRefused({ type: 'not_enrolled' }))
  test('is given up when an administrator takes the second factor away', () =>
    given(decider, [started()]).when(a.remove('reset_by_admin', 4)).then(voided(4)))
  test('and is given up once', () => given(decider, [started(), voided()]).when(a.remove('reset_by_admin')).thenNothing())
  test('cannot be confirmed any more then', () =>
    given(decider, [started(), voided()]).when(a.attempt(1, 'confirmation')).thenRefused({ type: 'not_enrolled' }))
  test('nor by a code that was given before', () =>
    given(decider, [started(), attempted(1, 'confirmation'), voided()])
      .when(a.settle(1, step(100)))
      .thenRefused({ type: 'code_not_pending' }))
  test('can be begun anew then', () =>
    given(decider, [started(), voided()])
      .when(a.enroll(singleUse(2), 2))
      .then(started(singleUse(2), 2)))
  test('cannot be removed by its owner, and needs not be', () => given(decider, [started()]).when(a.remove()).thenNothing())
  test('does not count as a second factor', () =>
    expect([started()].reduce(decider.evolve, decider.initial).factor).toEqual({ type: 'none' }))
})

describe('an enrollment beside an active factor', () => {
  const replace = { ...a.enroll(singleUse(2), 2), replaces: true } as Command
  const past = [...active(), started(singleUse(2), 2)]

  test('is started only to replace it', () =>
    given(decider, active())
      .when(replace)
      .then(started(singleUse(2), 2)))
  test('leaves it in force', () => {
    const { factor } = past.reduce(decider.evolve, decider.initial)
    expect(factor).toMatchObject({ type: 'active', lastStep: 100 })
  })
  test('replaces it when it is confirmed', () => {
    given(decider, [...past, attempted(2, 'confirmation')])
      .when(a.settle(2, step(50), 7))
      .then(confirmed(2, 50, 7))
    const { factor } = [...past, attempted(2, 'confirmation'), confirmed(2, 50, 7)].reduce(decider.evolve, decider.initial)
    expect(factor).toMatchObject({ type: 'active', secret: a.secret(2), lastStep: 50 })
  })
})

describe('an enrollment is void', () => {
  const session = sessionId(1)
  const begun = [started(singleUse(1), 1, 0, session)]
  const confirm = (ms: number, by = session, accountRevision = 4) => ({ ...a.attempt(1, 'confirmation', ms, by), accountRevision })
  const notEnrolled = { type: 'not_enrolled' as const }

  test('after ten minutes', () => {
    given(decider, begun)
      .when(confirm(599_999))
      .then(attempted(1, 'confirmation', 599_999, session))
    given(decider, begun).when(confirm(600_000)).thenRefused(notEnrolled)
  })
  test('for every session but the one that started it', () => {
    given(decider, begun)
      .when(confirm(1, sessionId(2)))
      .thenRefused(notEnrolled)
    given(decider, begun)
      .when(a.attempt(1, 'confirmation', 1))
      .thenRefused(notEnrolled)
  })
  test('after the sessions of the account ended', () =>
    given(decider, begun)
      .when(confirm(1, session, 5))
      .thenRefused(notEnrolled))
})
