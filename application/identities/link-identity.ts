import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { hasRoomFor } from '../../domain/account/identity.ts'
import { signedPayload } from '../../domain/identity/signed-payload.ts'
import { type Introduced, keyAt, stateAt } from '../../domain/identity/state.ts'
import { isUsableKey } from '../../domain/identity/usable-key.ts'
import type { AccountId, Fingerprint, PublicKey, SessionId, Signature } from '../../domain/kernel/ids.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { activeSession } from '../sessions/grant-session.ts'
import { identityChallenges } from './challenge.ts'
import { retireIdentity } from './retire-identity.ts'

type Owner = { readonly accountId: AccountId; readonly sessionId: SessionId }

type ToLink = Owner & { readonly publicKey: PublicKey; readonly challenge: string; readonly signature: Signature }

const ownSession = ({ journal }: Needs<'journal'>, sessionId: SessionId) =>
  pipe(
    journal.load(streams.session(sessionId)),
    TE.chainW(({ state }) => activeSession(state)),
  )

const verified = (needs: Needs<'journal' | 'crypto' | 'policy'>, { accountId, publicKey, challenge, signature }: ToLink) => {
  const { identityKeys } = needs.crypto
  const fingerprint = identityKeys.fingerprintOf(publicKey)
  const [origin, subject] = [needs.policy.origin(), identityKeys.subjectOf(accountId)]
  const payload = signedPayload({ purpose: 'link', origin, fingerprint, subject, challenge })
  const isOpen = identityChallenges(needs).read(fingerprint, challenge) !== null
  const isRight = isOpen && isUsableKey(publicKey) && identityKeys.verify(publicKey, payload, signature)
  return pipe(
    TE.right({ fingerprint, introduction: { accountId, publicKey, origin, link: { subject, challenge }, signature } }),
    TE.filterOrElse(
      () => isRight,
      () => ({ type: 'invalid_credentials' as const }),
    ),
  )
}

/** The key is claimed first, for good: not by an account that has no room for it. What a crash leaves in between only this account can complete. */
export const linkIdentity = (needs: Needs<'journal' | 'crypto' | 'policy'>) => (toLink: ToLink, caller: Caller) => {
  const { journal, crypto } = needs
  const { accountId, sessionId } = toLink
  const metadata = metadataOf(caller, accountId)
  return pipe(
    verified(needs, toLink),
    TE.chainFirstW(({ fingerprint }) =>
      pipe(
        existingAccount(needs)(accountId),
        TE.filterOrElseW(
          (account) => hasRoomFor(account, fingerprint),
          () => ({ type: 'too_many_identities' as const }),
        ),
      ),
    ),
    TE.chainFirstW(({ fingerprint, introduction }) =>
      journal.decide(streams.identity(fingerprint), { type: 'introduce', ...introduction, at: journal.now() }, metadata),
    ),
    TE.bindW('by', () => ownSession(needs, sessionId)),
    TE.chainW(({ fingerprint, by }) => {
      const command = {
        type: 'linkIdentity' as const,
        fingerprint,
        loginIndex: crypto.indexFingerprint(fingerprint),
        by,
        at: journal.now(),
      }
      return pipe(
        journal.decide(streams.account(accountId), command, metadata),
        TE.map(() => fingerprint),
      )
    }),
  )
}

/** The account decides. Then nobody can use the key any more. */
export const unlinkIdentity =
  (needs: Needs<'journal'>) =>
  ({ accountId, sessionId, fingerprint }: Owner & { readonly fingerprint: Fingerprint }, caller: Caller) => {
    const { journal } = needs
    const metadata = metadataOf(caller, accountId)
    return pipe(
      ownSession(needs, sessionId),
      TE.chainW((by) =>
        journal.decide(streams.account(accountId), { type: 'unlinkIdentity', fingerprint, by, at: journal.now() }, metadata),
      ),
      TE.chainW(() => retireIdentity(needs, 'unlinked', metadata)(fingerprint)),
    )
  }

export type OwnIdentity = {
  readonly fingerprint: Fingerprint
  readonly publicKey: PublicKey
  readonly introducedAt: Introduced['genesis']['introducedAt']
  readonly rotation: Introduced['pending']
}

/** In the order in which they were linked. */
export const ownIdentities = (needs: Needs<'journal'>) => (accountId: AccountId) =>
  pipe(
    existingAccount(needs)(accountId),
    TE.chainW(({ identities }) =>
      TE.traverseSeqArray((fingerprint: Fingerprint) =>
        pipe(
          needs.journal.load(streams.identity(fingerprint)),
          TE.map(({ state }): readonly OwnIdentity[] => {
            if (state.type !== 'introduced') return []
            const at = needs.journal.now()
            const { pending, genesis } = stateAt(state, at)
            return [{ fingerprint, publicKey: keyAt(state, at).publicKey, introducedAt: genesis.introducedAt, rotation: pending }]
          }),
        ),
      )([...identities.keys()]),
    ),
    TE.map((found) => found.flat()),
  )
