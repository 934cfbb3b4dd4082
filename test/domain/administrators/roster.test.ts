import { describe, expect, test } from 'vitest'
import { administratorRole, type Command, roster } from '../../../domain/administrators/decider.ts'
import { AdministratorJoined, AdministratorLeft, SetupCompleted, SetupReopened } from '../../../domain/administrators/events.ts'
import { accountId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const [ada, bob] = [accountId(1), accountId(2)] as const
const at = later(1)
const setUp = SetupCompleted({ accountId: ada, at: noon })
const reopened = SetupReopened({ accountId: ada, at: noon })
const joined = AdministratorJoined({ accountId: bob, at: noon })
const left = (accountId: typeof ada) => AdministratorLeft({ accountId, at: noon })
const command = (what: Command['type'], accountId: typeof ada): Command => ({ type: what, accountId, at })

describe('the setup', () => {
  test('is completed by the first administrator', () =>
    given(roster)
      .when(command('complete_setup', ada))
      .then(SetupCompleted({ accountId: ada, at })))
  test('is completed once', () => given(roster, [setUp]).when(command('complete_setup', bob)).thenRefused({ type: 'setup_done' }))
  test('is nothing when who completed it asks again', () => given(roster, [setUp]).when(command('complete_setup', ada)).thenNothing())
  test('stays done when the first administrator has left', () =>
    given(roster, [setUp, joined, left(ada)])
      .when(command('complete_setup', bob))
      .thenRefused({ type: 'setup_done' }))
  test('is open again when who completed it was never registered', () =>
    given(roster, [setUp])
      .when(command('reopen_setup', ada))
      .then(SetupReopened({ accountId: ada, at })))
  test('is opened again once', () => given(roster, [setUp, reopened]).when(command('reopen_setup', ada)).thenNothing())
  test('is not opened again for anybody else', () => given(roster, [setUp]).when(command('reopen_setup', bob)).thenNothing())
  test('is not opened again when there is another administrator', () =>
    given(roster, [setUp, joined]).when(command('reopen_setup', ada)).thenNothing())
  test('is not opened again for a first administrator who has left', () =>
    given(roster, [setUp, joined, left(ada)])
      .when(command('reopen_setup', ada))
      .thenNothing())
  test('that was never done is not opened again', () => given(roster).when(command('reopen_setup', ada)).thenNothing())
  test('that is open again is completed by another', () =>
    given(roster, [setUp, reopened])
      .when(command('complete_setup', bob))
      .then(SetupCompleted({ accountId: bob, at })))
})

describe('an administrator', () => {
  test('has the role that the contract calls admin', () => expect(administratorRole).toBe('admin'))
  test('joins', () =>
    given(roster, [setUp])
      .when(command('join', bob))
      .then(AdministratorJoined({ accountId: bob, at })))
  test('joins once', () => given(roster, [setUp, joined]).when(command('join', bob)).thenNothing())
  test('is one from the setup on', () => given(roster, [setUp]).when(command('join', ada)).thenNothing())
  test('does not join before the setup', () => given(roster).when(command('join', bob)).thenRefused({ type: 'not_set_up' }))
  test('does not join once the setup is open again', () =>
    given(roster, [setUp, reopened]).when(command('join', bob)).thenRefused({ type: 'not_set_up' }))
  test('leaves when there is another', () =>
    given(roster, [setUp, joined])
      .when(command('leave', ada))
      .then(AdministratorLeft({ accountId: ada, at })))
  test('leaves once', () =>
    given(roster, [setUp, joined, left(bob)])
      .when(command('leave', bob))
      .thenNothing())
  test('who left can join again', () =>
    given(roster, [setUp, joined, left(bob)])
      .when(command('join', bob))
      .then(AdministratorJoined({ accountId: bob, at })))
  test('who is the last one stays', () => given(roster, [setUp]).when(command('leave', ada)).thenRefused({ type: 'last_administrator' }))
  test('who joined and is the last one stays', () =>
    given(roster, [setUp, joined, left(ada)])
      .when(command('leave', bob))
      .thenRefused({ type: 'last_administrator' }))
  test('who is none does not leave', () => given(roster, [setUp]).when(command('leave', bob)).thenNothing())
  test('who is none does not leave before the setup', () => given(roster).when(command('leave', bob)).thenNothing())
  test('of a setup that is open again is none, whatever follows', () =>
    expect([setUp, reopened, joined].reduce(roster.evolve, roster.initial)).toEqual({ type: 'not_set_up' }))
})
