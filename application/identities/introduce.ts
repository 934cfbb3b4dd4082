import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { signedPayload } from '../../domain/identity/signed-payload.ts'
import { isUsableKey } from '../../domain/identity/usable-key.ts'
import type { AccountId, Fingerprint, PublicKey, Signature } from '../../domain/kernel/ids.ts'
import { activeAccount } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { beginSession } from '../login/begin-session.ts'
import type { Needs } from '../needs.ts'
import { noPassword } from '../passwords/current-hash.ts'
import type { Metadata } from '../ports/event-store.ts'
import { keepFirstLanguage } from '../preferences/language.ts'
import type { Transport } from '../sessions/grant-session.ts'

type IntroduceNeeds = Needs<'journal' | 'crypto' | 'policy'>

type Introduction = {
  readonly publicKey: PublicKey
  readonly signature: Signature
  /** JSON, where the host app asks for more. */
  readonly profile?: string | null
  readonly transport: Transport
}

const taken = { type: 'identity_taken' as const }

/** Whose the key is. Whoever proves a key whose account was never written, because of a crash, completes it. */
const claimKey = (
  { journal, policy }: IntroduceNeeds,
  fingerprint: Fingerprint,
  { publicKey, signature }: Introduction,
  caller: Caller,
) => {
  const stream = streams.identity(fingerprint)
  return pipe(
    journal.load(stream),
    TE.chainW(({ state }) => {
      const begun = state.type === 'introduced' && state.genesis.link === null ? state.accountId : null
      const accountId = begun ?? (journal.newId() as AccountId)
      const introduction = { accountId, publicKey, origin: policy.origin(), link: null, signature, at: journal.now() }
      return pipe(
        journal.decide(stream, { type: 'introduce', ...introduction }, metadataOf(caller, accountId)),
        TE.map(() => accountId),
      )
    }),
  )
}

const establish = (needs: IntroduceNeeds, accountId: AccountId, fingerprint: Fingerprint, profile: string | null, metadata: Metadata) => {
  const { journal, crypto } = needs
  return pipe(
    TE.Do,
    TE.bindW('passwordHash', () => crypto.vault.seal(accountId, 'password_hash', noPassword)),
    TE.bindW('profile', () => (profile === null ? TE.right(null) : crypto.vault.seal(accountId, 'profile', profile))),
    TE.chainW((sealed) => {
      const introduction = { accountId, fingerprint, loginIndex: crypto.indexFingerprint(fingerprint), ...sealed, at: journal.now() }
      return journal.decide(streams.account(accountId), { type: 'introduce', ...introduction }, metadata)
    }),
    TE.chainW(activeAccount),
  )
}

/** Refused before anything is loaded, so that it says nothing about who is known. */
function provedIntroduction({ crypto, policy }: Needs<'crypto' | 'policy'>, publicKey: PublicKey, signature: Signature) {
  const fingerprint = crypto.identityKeys.fingerprintOf(publicKey)
  const payload = signedPayload({ purpose: 'introduction', origin: policy.origin(), fingerprint })
  return isUsableKey(publicKey) && crypto.identityKeys.verify(publicKey, payload, signature)
    ? TE.right(fingerprint)
    : TE.left({ type: 'invalid_credentials' as const })
}

/** A new account without address and password. A key is introduced once, so its proof is worth nothing to somebody who sees it later. */
export const introduceIdentity = (needs: IntroduceNeeds) => (introduction: Introduction, caller: Caller) => {
  const { publicKey, signature, profile = null, transport } = introduction
  return pipe(
    provedIntroduction(needs, publicKey, signature),
    TE.bindTo('fingerprint'),
    TE.bindW('accountId', ({ fingerprint }) => claimKey(needs, fingerprint, introduction, caller)),
    TE.bindW('account', ({ fingerprint, accountId }) => establish(needs, accountId, fingerprint, profile, metadataOf(caller, accountId))),
    TE.mapLeft((failure) => (failure.type === 'account_exists' || failure.type === 'key_shredded' ? taken : failure)),
    TE.chainFirstTaskK(({ accountId }) => keepFirstLanguage(needs)({ accountId, language: caller.language, actor: accountId }, caller)),
    TE.bindW('outcome', ({ account, fingerprint }) => beginSession(needs)(account, transport, caller, { fingerprint, sequence: 0 })),
  )
}
