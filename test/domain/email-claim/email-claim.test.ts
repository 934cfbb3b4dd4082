import { describe, test } from 'vitest'
import { type Command, emailClaim } from '../../../domain/email-claim/decider.ts'
import { EmailClaimed, EmailReleased, EmailReserved } from '../../../domain/email-claim/events.ts'
import { accountId, sealed } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const [ada, bob] = [accountId(1), accountId(2)] as const
const claimed = EmailClaimed({ accountId: ada, at: noon })
const released = EmailReleased({ accountId: ada, because: 'account_erased', at: noon })
const claim = (by: typeof ada, releases: number | null = null): Command => ({ type: 'claim', accountId: by, releases, at: later(1) })
const release = (by: typeof ada): Command => ({ type: 'release', accountId: by, because: 'registration_abandoned', at: later(1) })

describe('an address', () => {
  test('that is free is claimed', () =>
    given(emailClaim)
      .when(claim(ada))
      .then(EmailClaimed({ accountId: ada, at: later(1) })))
  test('that is claimed is taken', () => given(emailClaim, [claimed]).when(claim(bob)).thenRefused({ type: 'email_taken' }))
  test('is claimed once by its owner', () => given(emailClaim, [claimed]).when(claim(ada)).thenNothing())
  test('is released by its owner', () =>
    given(emailClaim, [claimed])
      .when(release(ada))
      .then(EmailReleased({ accountId: ada, because: 'registration_abandoned', at: later(1) })))
  test('is released by nobody else', () => given(emailClaim, [claimed]).when(release(bob)).thenNothing())
  test('that is free is not released', () => given(emailClaim).when(release(ada)).thenNothing())
  test('is released once', () => given(emailClaim, [claimed, released]).when(release(ada)).thenNothing())
  test('that was released is free for anybody', () =>
    given(emailClaim, [claimed, released])
      .when(claim(bob))
      .then(EmailClaimed({ accountId: bob, at: later(1) })))
  test('is claimed with the proof of before its first claim', () =>
    given(emailClaim)
      .when(claim(ada, 0))
      .then(EmailClaimed({ accountId: ada, at: later(1) })))
  test('is not claimed with a proof from before it was released', () =>
    given(emailClaim, [claimed, released]).when(claim(bob, 0)).thenRefused({ type: 'claim_outdated' }))
  test('is claimed with a proof from after it was released', () =>
    given(emailClaim, [claimed, released])
      .when(claim(bob, 1))
      .then(EmailClaimed({ accountId: bob, at: later(1) })))
  test('that is taken is taken with a proof too', () =>
    given(emailClaim, [claimed]).when(claim(bob, 0)).thenRefused({ type: 'email_taken' }))
})

describe('a reservation', () => {
  const reserved = (linksRevision: number, when = noon) =>
    EmailReserved({ accountId: ada, email: sealed('email'), emailVerified: true, linksRevision, at: when })
  const reserve = (by: typeof ada, linksRevision: number): Command => ({
    type: 'reserve',
    accountId: by,
    emailVerified: true,
    email: sealed('email'),
    linksRevision,
    at: later(1),
  })
  const letGo = (linksRevision: number): Command => ({ type: 'releaseReplaced', accountId: ada, linksRevision, at: later(1) })
  const gone = EmailReleased({ accountId: ada, because: 'email_replaced', at: later(1) })

  test('is made of a free address', () =>
    given(emailClaim)
      .when(reserve(ada, 0))
      .then(reserved(0, later(1))))
  test('is not made of an address that somebody else has', () =>
    given(emailClaim, [claimed]).when(reserve(bob, 0)).thenRefused({ type: 'email_taken' }))
  test('is made once by links of one time, and again by a later one', () => {
    given(emailClaim, [reserved(0)])
      .when(reserve(ada, 0))
      .thenNothing()
    given(emailClaim, [reserved(5)])
      .when(reserve(ada, 0))
      .thenNothing()
    given(emailClaim, [reserved(0)])
      .when(reserve(ada, 5))
      .then(reserved(5, later(1)))
  })
  test('takes the address from everybody else', () =>
    given(emailClaim, [reserved(0)])
      .when(claim(bob))
      .thenRefused({ type: 'email_taken' }))
  test('goes once its claimant has another address since', () =>
    given(emailClaim, [reserved(4)])
      .when(letGo(5))
      .then(gone))
  test('stays if it was made since', () =>
    given(emailClaim, [reserved(5)])
      .when(letGo(5))
      .thenNothing())
  test('a claim of a registration goes as well', () => given(emailClaim, [claimed]).when(letGo(1)).then(gone))
  test('is nobody else to let go', () =>
    given(emailClaim, [EmailClaimed({ accountId: bob, at: noon })])
      .when(letGo(5))
      .thenNothing())
})
