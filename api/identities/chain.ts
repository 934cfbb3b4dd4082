import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { findIdentity } from '../../application/identities/find-identity.ts'
import { type Rotation, stateAt } from '../../domain/identity/state.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { ChallengeText, FingerprintText, named, PublicKeyText, SignatureText } from '../shapes/identity.ts'

const signed = { newPublicKey: PublicKeyText, origin: t.string, oldSignature: SignatureText, newSignature: SignatureText }
const Change = strictObject({ sequence: t.number, ...signed, proposedAt: time, deadline: time })

/** `subject`: SHA-256 of the id of the account that the key was linked to, in hexadecimal. */
const Chain = strictObject({
  fingerprint: FingerprintText,
  genesis: strictObject({
    publicKey: PublicKeyText,
    origin: t.string,
    link: t.union([strictObject({ subject: FingerprintText, challenge: ChallengeText }), t.null]),
    signature: SignatureText,
    introducedAt: time,
  }),
  rotations: t.array(Change),
  pending: t.union([Change, t.null]),
  nextSequence: t.number,
})

const shown = ({ sequence, newPublicKey, origin, oldSignature, newSignature, proposedAt, deadline }: Rotation) => {
  return { sequence, newPublicKey, origin, oldSignature, newSignature, proposedAt, deadline }
}

export function chainRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/identities/:fingerprint/chain',
    tag: 'Identity keys',
    summary: 'Get the keys of an identity, with what proves each of them',
    description: 'Public. `deadline` of a rotation in `rotations` is when it took effect. `nextSequence`: for the next proposal.',
    params: named,
    responses: { 200: Chain },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
    limit: 'chain',
  })(({ params: { fingerprint } }) =>
    context.answer(
      pipe(findIdentity(context)(fingerprint), TE.chainW(TE.fromNullable({ type: 'no_such_identity' as const }))),
      ({ identity }) => {
        const { genesis, rotations, pending, proposals } = stateAt(identity, context.journal.now())
        const { link, ...first } = genesis
        const changes = { rotations: rotations.map(shown), pending: pending && shown(pending), nextSequence: proposals + 1 }
        const subject = link && { subject: link.subject as string as typeof fingerprint, challenge: link.challenge }
        return { status: 200, body: { fingerprint, genesis: { ...first, link: subject }, ...changes } } as const
      },
    ),
  )
}
