import { describe, expect, test } from 'vitest'
import { identity } from '../../../domain/identity/decider.ts'
import {
  BlobPublished,
  type IdentityEvent,
  IdentityIntroduced,
  IdentityRetired,
  KeyRotationCompleted,
  KeyRotationProposed,
} from '../../../domain/identity/events.ts'
import { signedPayload } from '../../../domain/identity/signed-payload.ts'
import { address, blob, fingerprint, introduce, propose, publish } from '../../support/domain/identity-examples.ts'
import { accountId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const decider = identity({ rotation: 1000 })
const { type: _, ...introduction } = introduce(later(0)) as Extract<ReturnType<typeof introduce>, { type: 'introduce' }>
const begun = IdentityIntroduced(introduction)
const published = (version: number, at = later(version)) =>
  BlobPublished({ accountId: accountId(1), ...blob(version), replaced: version === 1 ? null : address(version - 1), at })

describe('the blob of an identity', () => {
  test('begins with version 1', () =>
    given(decider, [begun])
      .when(publish(1, later(1)))
      .then(published(1)))
  test('is replaced by the next version, which says what it replaces', () =>
    given(decider, [begun, published(1)])
      .when(publish(2, later(2)))
      .then(published(2)))
  test('is not replaced at another version', () => {
    for (const version of [1, 3, 4])
      given(decider, [begun, published(1)])
        .when(publish(version, later(2)))
        .thenRefused({ type: 'blob_outdated' })
  })
  test('is published by the current key only, from the deadline of a rotation on by the new one', () => {
    const { type: _, by: __, ...proposal } = propose(1, later(0)) as Extract<ReturnType<typeof propose>, { type: 'proposeRotation' }>
    const proposed = KeyRotationProposed({ accountId: accountId(1), ...proposal, deadline: later(1000) })
    given(decider, [begun, proposed])
      .when(publish(1, later(999), 1))
      .thenRefused({ type: 'key_outdated' })
    given(decider, [begun, proposed])
      .when(publish(1, later(1000)))
      .thenRefused({ type: 'key_outdated' })
    const completed = KeyRotationCompleted({ accountId: accountId(1), sequence: 1, effectiveAt: later(1000), at: later(1000) })
    const byNewKey = BlobPublished({ accountId: accountId(1), ...blob(1), keySequence: 1, replaced: null, at: later(1000) })
    given(decider, [begun, proposed])
      .when(publish(1, later(1000), 1))
      .then(completed, byNewKey)
  })
  test('is published by its account only', () =>
    given(decider, [begun])
      .when({ ...publish(1, later(1)), accountId: accountId(2) } as ReturnType<typeof publish>)
      .thenRefused({ type: 'no_such_identity' }))
  test('is not published for a key that nobody has, or has any more', () => {
    const retired = IdentityRetired({ accountId: accountId(1), because: 'account_erased', at: later(2) })
    const pasts: readonly IdentityEvent[][] = [[], [begun, published(1), retired]]
    for (const past of pasts)
      for (const version of [1, 2])
        given(decider, past)
          .when(publish(version, later(3)))
          .thenRefused({ type: 'no_such_identity' })
  })
})

test('what is signed names the purpose, the service, the identity, the version and the hash', () => {
  const said = {
    purpose: 'blob' as const,
    origin: 'https://login.example.org',
    fingerprint: fingerprint(1),
    version: 12,
    sha256: address(2),
  }
  const fields = ['gatebook/v1/blob', said.origin, said.fingerprint, '12', said.sha256]
  const expected = Buffer.concat(fields.flatMap((field) => [Buffer.from([0, 0, 0, field.length]), Buffer.from(field)]))
  expect(Buffer.from(signedPayload(said))).toEqual(expected)
})
