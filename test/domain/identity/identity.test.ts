import { describe, expect, test } from 'vitest'
import { identity } from '../../../domain/identity/decider.ts'
import {
  IdentityIntroduced,
  IdentityRetired,
  KeyClaimed,
  KeyProved,
  KeyRotationCancelled,
  KeyRotationCompleted,
  KeyRotationProposed,
} from '../../../domain/identity/events.ts'
import {
  cancel,
  fingerprint,
  introduce,
  introduction,
  origin,
  propose,
  publicKey,
  signature,
} from '../../support/domain/identity-examples.ts'
import { accountId, tokenHash } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const rotation = 72 * 3_600_000
const decider = identity({ rotation })

const introduced = IdentityIntroduced({ ...introduction, at: noon })
const [owner, deadline] = [{ accountId: accountId(1) }, later(1000 + rotation)]
const change = { sequence: 1, newPublicKey: publicKey(1), origin, oldSignature: signature, newSignature: signature }
const proposed = KeyRotationProposed({ ...owner, ...change, deadline, at: later(1000) })
const completed = KeyRotationCompleted({ ...owner, sequence: 1, effectiveAt: deadline, at: deadline })
const prove = (n: number, milliseconds: number, by = 0) => {
  const at = later(milliseconds)
  return { type: 'prove' as const, purpose: 'login' as const, by, challengeHash: tokenHash(n), issuedAt: later(milliseconds - 1), at }
}
const proved = (n: number, milliseconds: number, keySequence = 0) => {
  const { type: _, by: __, ...proof } = prove(n, milliseconds)
  return KeyProved({ ...owner, ...proof, keySequence })
}

describe('a key', () => {
  test('is introduced once, and repeating it changes nothing', () => {
    given(decider).when(introduce(noon)).then(introduced)
    given(decider, [introduced])
      .when(introduce(later(1)))
      .thenNothing()
  })

  test('of one account is not introduced for another, nor once it was retired, nor as the later key of another identity', () => {
    const other = { ...introduction, type: 'introduce' as const, accountId: accountId(2), at: later(1) }
    const retired = IdentityRetired({ ...owner, because: 'unlinked', at: later(1) })
    const claimed = KeyClaimed({ ...owner, fingerprint: fingerprint(2), at: noon })
    for (const past of [[introduced], [introduced, retired], [claimed]])
      given(decider, past).when(other).thenRefused({ type: 'identity_taken' })
  })

  test('is claimed for one identity', () => {
    const claim = { type: 'claim' as const, ...owner, fingerprint: fingerprint(2), at: noon }
    const claimed = KeyClaimed({ ...owner, fingerprint: fingerprint(2), at: noon })
    given(decider).when(claim).then(claimed)
    given(decider, [claimed]).when(claim).thenNothing()
    given(decider, [claimed])
      .when({ ...claim, fingerprint: fingerprint(3) })
      .thenRefused({ type: 'identity_taken' })
    given(decider, [introduced]).when(claim).thenRefused({ type: 'identity_taken' })
  })
})

describe('a challenge', () => {
  test('is used once', () => {
    given(decider, [introduced]).when(prove(1, 10)).then(proved(1, 10))
    given(decider, [introduced, proved(1, 10)])
      .when(prove(1, 20))
      .thenRefused({ type: 'challenge_void' })
    given(decider, [introduced, proved(1, 10)])
      .when(prove(2, 20))
      .then(proved(2, 20))
  })

  test('lasts less than five minutes, and is not from the future', () => {
    const at = (milliseconds: number) => ({ ...prove(1, 1), at: later(milliseconds) })
    given(decider, [introduced]).when(at(300_000)).thenRefused({ type: 'challenge_void' })
    given(decider, [introduced]).when(at(-1)).thenRefused({ type: 'challenge_void' })
    given(decider, [introduced])
      .when(at(299_999))
      .then(KeyProved({ ...proved(1, 1).data, at: later(299_999) }))
  })

  test('that was issued before a hundred newer ones were used is void', () => {
    const used = Array.from({ length: 101 }, (_, n) => proved(n, 10 + n))
    given(decider, [introduced, ...used])
      .when({ ...prove(200, 200), issuedAt: later(9) })
      .thenRefused({ type: 'challenge_void' })
    given(decider, [introduced, ...used])
      .when(prove(0, 10))
      .thenRefused({ type: 'challenge_void' })
  })
})

describe('a rotation', () => {
  test('is proposed with a deadline, one at a time', () => {
    given(decider, [introduced])
      .when(propose(1, later(1000)))
      .then(proposed)
    given(decider, [introduced, proposed])
      .when(propose(2, later(1001)))
      .thenRefused({ type: 'rotation_pending' })
  })

  test('has the next number, which a cancelled one uses up', () => {
    const cancelled = KeyRotationCancelled({ ...owner, sequence: 1, signature, at: later(2000) })
    given(decider, [introduced])
      .when(propose(2, later(1000)))
      .thenRefused({ type: 'key_outdated' })
    given(decider, [introduced, proposed])
      .when(cancel(1, later(2000)))
      .then(cancelled)
    given(decider, [introduced, proposed, cancelled])
      .when(propose(1, later(3000)))
      .thenRefused({ type: 'key_outdated' })
  })

  test.each([
    [-1, true],
    [0, false],
    [1, false],
  ])('%i ms from the deadline: the old key counts and can cancel: %s', (from, isOld) => {
    const at = rotation + 1000 + from
    const history = given(decider, [introduced, proposed])
    const due = KeyRotationCompleted({ ...completed.data, at: later(at) })
    if (isOld) {
      history.when(prove(1, at, 0)).then(proved(1, at))
      history.when(prove(1, at, 1)).thenRefused({ type: 'challenge_void' })
      history.when(cancel(1, later(at))).then(KeyRotationCancelled({ ...owner, sequence: 1, signature, at: later(at) }))
      history.when({ type: 'completeRotation', at: later(at) }).thenNothing()
    } else {
      history.when(prove(1, at, 0)).thenRefused({ type: 'challenge_void' })
      history.when(prove(1, at, 1)).then(due, proved(1, at, 1))
      history.when(cancel(1, later(at))).thenRefused({ type: 'no_rotation_pending' })
      history.when({ type: 'completeRotation', at: later(at) }).then(due)
    }
  })

  test('that was recorded is not recorded again', () => {
    given(decider, [introduced, proposed, completed])
      .when({ type: 'completeRotation', at: later(rotation + 5000) })
      .thenNothing()
  })

  test('does not lead back to a key that the identity had', () => {
    const back = { ...propose(2, later(rotation + 5000)), by: 1, newPublicKey: publicKey(0) }
    given(decider, [introduced, proposed, completed]).when(back).thenRefused({ type: 'identity_taken' })
  })
})

test('of a name that nobody has, nothing is proved and nothing is rotated', () => {
  for (const command of [prove(1, 10), propose(1, noon), cancel(1, noon)])
    given(decider).when(command).thenRefused({ type: 'no_such_identity' })
  expect(decider.initial).toEqual({ type: 'absent' })
})
