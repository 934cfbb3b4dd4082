import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { hasRotationsLeft } from '../../domain/identity/rotation.ts'
import { signedPayload } from '../../domain/identity/signed-payload.ts'
import { keyAt, stateAt } from '../../domain/identity/state.ts'
import { isUsableKey } from '../../domain/identity/usable-key.ts'
import type { Fingerprint, PublicKey, Signature } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { type FoundIdentity, findIdentity } from './find-identity.ts'

type RotationNeeds = Needs<'journal' | 'crypto' | 'policy'>

type Proposal = {
  readonly fingerprint: Fingerprint
  readonly newPublicKey: PublicKey
  readonly oldSignature: Signature
  readonly newSignature: Signature
}

const wrong = { type: 'invalid_credentials' as const }

const bothSigned = ({ journal, crypto, policy }: RotationNeeds, { identity }: FoundIdentity, proposal: Proposal) => {
  const { fingerprint, newPublicKey, oldSignature, newSignature } = proposal
  const key = keyAt(identity, journal.now())
  const [origin, sequence] = [policy.origin(), identity.proposals + 1]
  const payload = signedPayload({ purpose: 'rotation', origin, fingerprint, sequence, oldPublicKey: key.publicKey, newPublicKey })
  const isRight =
    isUsableKey(newPublicKey) &&
    crypto.identityKeys.verify(key.publicKey, payload, oldSignature) &&
    crypto.identityKeys.verify(newPublicKey, payload, newSignature)
  return isRight ? TE.right({ by: key.sequence, sequence, newPublicKey, origin, oldSignature, newSignature }) : TE.left(wrong)
}

/** The new key is claimed first, for good: not for an identity that takes no more of them. Once it is claimed, it is nobody else's. */
export const proposeRotation = (needs: RotationNeeds) => (proposal: Proposal, caller: Caller) => {
  const { journal, crypto } = needs
  const { fingerprint, newPublicKey } = proposal
  return pipe(
    findIdentity(needs)(fingerprint),
    TE.chainW((found) => (found?.account.type === 'active' ? TE.right(found) : TE.left(wrong))),
    TE.filterOrElseW(
      ({ identity }) => stateAt(identity, journal.now()).pending === null,
      () => ({ type: 'rotation_pending' as const }),
    ),
    TE.bindTo('found'),
    TE.bindW('signed', ({ found }) => bothSigned(needs, found, proposal)),
    TE.filterOrElseW(
      ({ found }) => hasRotationsLeft(stateAt(found.identity, journal.now())),
      () => ({ type: 'too_many_rotations' as const }),
    ),
    TE.chainW(({ found, signed }) => {
      const { accountId } = found.account
      const metadata = metadataOf(caller, accountId)
      const claim = { type: 'claim' as const, accountId, fingerprint, at: journal.now() }
      return pipe(
        journal.decide(streams.identity(crypto.identityKeys.fingerprintOf(newPublicKey)), claim, metadata),
        TE.chainW(() => journal.decide(streams.identity(fingerprint), { type: 'proposeRotation', ...signed, at: journal.now() }, metadata)),
      )
    }),
    TE.chainW(({ state }) => TE.fromNullable({ type: 'no_rotation_pending' as const })(state.type === 'introduced' ? state.pending : null)),
  )
}

type Cancellation = { readonly fingerprint: Fingerprint; readonly signature: Signature }

/** By the old key alone, which somebody who stole both has as well: the owner then still has the time until the deadline. */
export const cancelRotation =
  (needs: RotationNeeds) =>
  ({ fingerprint, signature }: Cancellation, caller: Caller) => {
    const { journal, crypto, policy } = needs
    const none = { type: 'no_rotation_pending' as const }
    return pipe(
      findIdentity(needs)(fingerprint),
      TE.chainW(TE.fromNullable(none)),
      TE.bindTo('found'),
      TE.bindW('pending', ({ found }) => TE.fromNullable(none)(stateAt(found.identity, journal.now()).pending)),
      TE.bindW('by', ({ found: { identity }, pending: { sequence, newPublicKey, deadline } }) => {
        const key = keyAt(identity, journal.now())
        const statement = { purpose: 'rotation_cancellation' as const, sequence, newPublicKey, deadline }
        const payload = signedPayload({ ...statement, origin: policy.origin(), fingerprint })
        return TE.fromNullable(wrong)(crypto.identityKeys.verify(key.publicKey, payload, signature) ? key.sequence : null)
      }),
      TE.chainW(({ found: { account }, pending: { sequence }, by }) => {
        const command = { type: 'cancelRotation' as const, by, sequence, signature, at: journal.now() }
        return journal.decide(streams.identity(fingerprint), command, metadataOf(caller, account.accountId))
      }),
    )
  }

/** Records what took effect at its deadline anyway. What fails is tried again. */
export async function recordDueRotations({ journal }: Needs<'journal'>, due: readonly Fingerprint[]) {
  const metadata = { actor: 'system', correlationId: journal.newId(), causationId: null }
  for (const fingerprint of due) {
    await journal.decide(streams.identity(fingerprint), { type: 'completeRotation', at: journal.now() }, metadata)()
  }
}
