import { describe, test } from 'vitest'
import { account, type Command } from '../../../domain/account/decider.ts'
import { AccountDisabled, AccountErased, AllSessionsRevoked, OtherSessionsRevoked } from '../../../domain/account/events.ts'
import { registered } from '../../support/domain/account-examples.ts'
import { sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const at = later(1000)
const everyRevoked = AllSessionsRevoked({ because: 'logged_out_everywhere', at: noon })
const othersEnded = (kept: number) => OtherSessionsRevoked({ because: 'second_factor_enrolled', keptSessionId: sessionId(kept), at: noon })
const because = 'requested_by_owner'
const erase = (accountRevision: number): Command => ({ type: 'erase', because, by: { sessionId: sessionId(1), accountRevision }, at })
const erased = AccountErased({ because, at })
const ended = { type: 'session_ended' } as const

describe('an account is erased by its owner', () => {
  test('in a session that lives', () => given(account, [registered]).when(erase(0)).then(erased))
  test('in a session that was kept', () =>
    given(account, [registered, othersEnded(1)])
      .when(erase(0))
      .then(erased))
  test('in a session from after the others ended', () => given(account, [registered, everyRevoked]).when(erase(1)).then(erased))
  test('in no session that ended', () => given(account, [registered, everyRevoked]).when(erase(0)).thenRefused(ended))
  test('in no session that another one ended', () =>
    given(account, [registered, othersEnded(2)])
      .when(erase(0))
      .thenRefused(ended))
  test('in no session of a disabled account', () =>
    given(account, [registered, AccountDisabled({ at: noon })])
      .when(erase(1))
      .thenRefused(ended))
  test('once, whatever became of the session', () => given(account, [registered, erased]).when(erase(0)).thenNothing())
})
