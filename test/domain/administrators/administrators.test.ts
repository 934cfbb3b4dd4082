import { describe, expect, test } from 'vitest'
import { administrators, type Command } from '../../../domain/administrators/decider.ts'
import {
  AdministratorAdded,
  AdministratorRemoved,
  administratorRole,
  SetupCompleted,
  SetupReopened,
} from '../../../domain/administrators/events.ts'
import { accountId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const [ada, bob] = [accountId(1), accountId(2)] as const
const at = later(1)
const setUp = SetupCompleted({ accountId: ada, at: noon })
const reopened = SetupReopened({ accountId: ada, at: noon })
const joined = AdministratorAdded({ accountId: bob, at: noon })
const left = (accountId: typeof ada) => AdministratorRemoved({ accountId, at: noon })
const command = (what: Command['type'], accountId: typeof ada, able = [ada, bob]): Command => ({
  type: what,
  accountId,
  able: new Set(able),
  at,
})

describe('the setup', () => {
  test('is completed by the first administrator', () =>
    given(administrators)
      .when(command('completeSetup', ada))
      .then(SetupCompleted({ accountId: ada, at })))
  test('is completed once', () => given(administrators, [setUp]).when(command('completeSetup', bob)).thenRefused({ type: 'setup_done' }))
  test('is nothing when who completed it asks again', () =>
    given(administrators, [setUp]).when(command('completeSetup', ada)).thenNothing())
  test('stays done when the first administrator has left', () =>
    given(administrators, [setUp, joined, left(ada)])
      .when(command('completeSetup', bob))
      .thenRefused({ type: 'setup_done' }))
  test('is open again when who completed it was never registered', () =>
    given(administrators, [setUp])
      .when(command('reopenSetup', ada))
      .then(SetupReopened({ accountId: ada, at })))
  test('is opened again once', () => given(administrators, [setUp, reopened]).when(command('reopenSetup', ada)).thenNothing())
  test('is not opened again for anybody else', () => given(administrators, [setUp]).when(command('reopenSetup', bob)).thenNothing())
  test('is not opened again when there is another administrator', () =>
    given(administrators, [setUp, joined]).when(command('reopenSetup', ada)).thenNothing())
  test('is not opened again for a first administrator who has left', () =>
    given(administrators, [setUp, joined, left(ada)])
      .when(command('reopenSetup', ada))
      .thenNothing())
  test('that was never done is not opened again', () => given(administrators).when(command('reopenSetup', ada)).thenNothing())
  test('that is open again is completed by another', () =>
    given(administrators, [setUp, reopened])
      .when(command('completeSetup', bob))
      .then(SetupCompleted({ accountId: bob, at })))
})

describe('an administrator', () => {
  test('has the role that the contract calls admin', () => expect(administratorRole).toBe('admin'))
  test('joins', () =>
    given(administrators, [setUp])
      .when(command('add', bob))
      .then(AdministratorAdded({ accountId: bob, at })))
  test('joins once', () => given(administrators, [setUp, joined]).when(command('add', bob)).thenNothing())
  test('is one from the setup on', () => given(administrators, [setUp]).when(command('add', ada)).thenNothing())
  test('does not join before the setup', () => given(administrators).when(command('add', bob)).thenRefused({ type: 'not_set_up' }))
  test('does not join once the setup is open again', () =>
    given(administrators, [setUp, reopened]).when(command('add', bob)).thenRefused({ type: 'not_set_up' }))
  test('leaves when there is another', () =>
    given(administrators, [setUp, joined])
      .when(command('remove', ada))
      .then(AdministratorRemoved({ accountId: ada, at })))
  test('leaves once', () =>
    given(administrators, [setUp, joined, left(bob)])
      .when(command('remove', bob))
      .thenNothing())
  test('who left can join again', () =>
    given(administrators, [setUp, joined, left(bob)])
      .when(command('add', bob))
      .then(AdministratorAdded({ accountId: bob, at })))
  test('who is the last one stays', () =>
    given(administrators, [setUp]).when(command('remove', ada)).thenRefused({ type: 'last_administrator' }))
  test('who joined and is the last one stays', () =>
    given(administrators, [setUp, joined, left(ada)])
      .when(command('remove', bob))
      .thenRefused({ type: 'last_administrator' }))
  test('stays when the other one cannot act yet, for want of a password', () =>
    given(administrators, [setUp, joined])
      .when(command('remove', ada, [ada]))
      .thenRefused({ type: 'last_administrator' }))
  test('who cannot act leaves', () =>
    given(administrators, [setUp, joined])
      .when(command('remove', bob, [ada]))
      .then(AdministratorRemoved({ accountId: bob, at })))
  test('does not count on somebody who could act and has left', () =>
    given(administrators, [setUp, joined, left(bob)])
      .when(command('remove', ada))
      .thenRefused({ type: 'last_administrator' }))
  test('who is none does not leave', () => given(administrators, [setUp]).when(command('remove', bob)).thenNothing())
  test('who is none does not leave before the setup', () => given(administrators).when(command('remove', bob)).thenNothing())
  test('of a setup that is open again is none, whatever follows', () =>
    expect([setUp, reopened, joined].reduce(administrators.evolve, administrators.initial)).toEqual({ type: 'not_set_up' }))
})
