import { describe, expect, test } from 'vitest'
import type { Command } from '../../../domain/second-factor/decider.ts'
import { TotpImported } from '../../../domain/second-factor/events.ts'
import * as a from '../../support/domain/second-factor-examples.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const { decider, accepted, active, attempted, rejected, removed, secret, singleUse, started, step } = a

const recoveryCodes = singleUse(1, 0)
const imported = TotpImported({ secret: secret(1), recoveryCodes, at: later(0) })
const importing: Command = { type: 'import', secret: secret(1), recoveryCodes, at: later(0) }

describe('a second factor of another system', () => {
  test('is active at once', () => given(decider).when(importing).then(imported))
  test('replaces no active one', () => given(decider, active()).when(importing).thenRefused({ type: 'already_enrolled' }))
  test('can follow a removal', () =>
    given(decider, [...active(), removed()])
      .when(importing)
      .then(imported))
  test('ends an enrollment that was begun', () =>
    expect([started(), imported].reduce(decider.evolve, decider.initial)).toMatchObject({ enrollment: null, factor: { type: 'active' } }))
  test('accepts a code of any time step', () =>
    given(decider, [imported, attempted(1)])
      .when(a.settle(1, step(1)))
      .then(accepted(1, 1)))
  test('accepts each time step once', () =>
    given(decider, [imported, attempted(1), accepted(1, 5), attempted(2)])
      .when(a.settle(2, step(5)))
      .then(rejected(2)))
  test('has no recovery code', () =>
    given(decider, [imported, attempted(1)])
      .when(a.settle(1, a.recoveryCode(1)))
      .then(rejected(1)))
  test('gets new ones', () =>
    given(decider, [imported])
      .when({ type: 'issueRecoveryCodes', recoveryCodes: singleUse(2), at: later(5) })
      .then(a.issued(singleUse(2), 5)))
  test('is removed as any other', () =>
    given(decider, [imported])
      .when({ type: 'remove', because: 'disabled_by_owner', at: later(0) })
      .then(removed()))
})
