import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ProofPurpose } from '../../domain/identity/events.ts'
import { type Statement, signedPayload } from '../../domain/identity/signed-payload.ts'
import { type Introduced, keyAt } from '../../domain/identity/state.ts'
import type { Fingerprint, PublicKey, Signature } from '../../domain/kernel/ids.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { identityChallenges } from './challenge.ts'

export type KeyProof = { readonly fingerprint: Fingerprint; readonly challenge: string; readonly signature: Signature }

type Verified = Extract<Statement, { purpose: ProofPurpose }>

/** The base point: what is verified in the place of a key that nobody has. */
const nobodysKey = 'WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY' as PublicKey

const wrong = { type: 'invalid_credentials' as const }

const refusals: readonly string[] = ['challenge_void', 'no_such_identity']

/** Verifies the signature, and only then uses up the challenge: of several callers with one challenge, one succeeds. */
export const proveKey =
  (needs: Needs<'journal' | 'crypto'>) =>
  (identity: Introduced | null, { fingerprint, challenge, signature }: KeyProof, statement: Verified, caller: Caller) => {
    const { journal, crypto } = needs
    const at = journal.now()
    const presented = identityChallenges(needs).read(fingerprint, challenge)
    const key = identity === null ? { publicKey: nobodysKey, sequence: 0 } : keyAt(identity, at)
    const isRight = crypto.identityKeys.verify(key.publicKey, signedPayload(statement), signature)
    if (identity === null || presented === null || !isRight) return TE.left<StoreFailure | typeof wrong, UsedKey>(wrong)
    const command = { type: 'prove' as const, purpose: statement.purpose, by: key.sequence, ...presented, at }
    return pipe(
      journal.decide(streams.identity(fingerprint), command, metadataOf(caller, identity.accountId)),
      TE.bimap(
        (failure): StoreFailure | typeof wrong => (refusals.includes(failure.type) ? wrong : (failure as StoreFailure)),
        (): UsedKey => ({ fingerprint, sequence: key.sequence }),
      ),
    )
  }
