import * as t from 'io-ts'
import { linkIdentity, ownIdentities, unlinkIdentity } from '../../application/identities/link-identity.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { ChallengeText, FingerprintText, named, PublicKeyText, SignatureText } from '../shapes/identity.ts'

/** `publicKey`: the current one. */
const OwnIdentity = strictObject({
  fingerprint: FingerprintText,
  publicKey: PublicKeyText,
  introducedAt: time,
  rotation: t.union([strictObject({ newPublicKey: PublicKeyText, deadline: time }), t.null]),
})

export function listOwnIdentitiesRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/me/identities',
    tag: 'Identity keys',
    summary: 'List the keys that log in to your own account',
    guards: context.guards.session,
    responses: { 200: strictObject({ identities: t.array(OwnIdentity) }) },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(ownIdentities(context)(sessionOf(request).accountId), (found) => {
      const identities = found.map(({ rotation, ...identity }) => {
        return { ...identity, rotation: rotation && { newPublicKey: rotation.newPublicKey, deadline: rotation.deadline } }
      })
      return { status: 200, body: { identities } } as const
    }),
  )
}

export function linkIdentityRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/me/identities',
    tag: 'Identity keys',
    summary: 'Link a key to your own account',
    description: 'At most ten. The signature is over the `link` payload, with a challenge for the fingerprint of the key.',
    body: strictObject({ publicKey: PublicKeyText, challenge: ChallengeText, signature: SignatureText }),
    guards: context.guards.authenticatedElevated,
    responses: { 201: strictObject({ fingerprint: FingerprintText }) },
    problems: ['INVALID_CREDENTIALS', 'IDENTITY_TAKEN', 'TOO_MANY_KEYS', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ body }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    return context.answer(
      linkIdentity(context)({ accountId, sessionId, ...body }, context.callerOf(request)),
      (fingerprint) => ({ status: 201, body: { fingerprint } }) as const,
    )
  })
}

export function unlinkIdentityRoute(context: Context) {
  return defineRoute({
    method: 'DELETE',
    url: '/me/identities/:fingerprint',
    tag: 'Identity keys',
    summary: 'Unlink a key, for good; other sessions end',
    description: 'The last way to log in cannot be removed.',
    params: named,
    guards: context.guards.authenticatedElevated,
    responses: { 204: null },
    problems: ['LAST_CREDENTIAL', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ params: { fingerprint } }, request) => {
    const { accountId, sessionId } = sessionOf(request)
    return context.answer(unlinkIdentity(context)({ accountId, sessionId, fingerprint }, context.callerOf(request)), status(204))
  })
}
