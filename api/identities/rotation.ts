import { cancelRotation, proposeRotation } from '../../application/identities/rotate-key.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { named, PublicKeyText, SignatureText } from '../shapes/identity.ts'

export function proposeRotationRoute(context: Context) {
  return defineRoute({
    method: 'POST',
    url: '/identities/:fingerprint/rotation',
    tag: 'Identity keys',
    summary: 'Propose a new key, which takes the place of the old one at the deadline',
    description: 'Both keys sign the `rotation` payload. The fingerprint stays. Sessions that the old key began end at the deadline.',
    params: named,
    body: strictObject({ newPublicKey: PublicKeyText, oldSignature: SignatureText, newSignature: SignatureText }),
    responses: { 202: strictObject({ deadline: time }) },
    problems: ['INVALID_CREDENTIALS', 'ROTATION_PENDING', 'IDENTITY_TAKEN', 'TOO_MANY_KEYS', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ params: { fingerprint }, body }, request) =>
    context.answer(
      proposeRotation(context)({ fingerprint, ...body }, context.callerOf(request)),
      ({ deadline }) => ({ status: 202, body: { deadline } }) as const,
    ),
  )
}

export function cancelRotationRoute(context: Context) {
  return defineRoute({
    method: 'DELETE',
    url: '/identities/:fingerprint/rotation',
    tag: 'Identity keys',
    summary: 'Cancel a rotation with the old key, before the deadline',
    description: 'The signature is over the `rotation_cancellation` payload. From the deadline on there is nothing to cancel: 404.',
    params: named,
    body: strictObject({ signature: SignatureText }),
    responses: { 204: null },
    problems: ['INVALID_CREDENTIALS', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
    limit: 'password',
  })(({ params: { fingerprint }, body: { signature } }, request) =>
    context.answer(cancelRotation(context)({ fingerprint, signature }, context.callerOf(request)), status(204)),
  )
}
