import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { State } from '../../domain/account/state.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { beginSession } from '../login/begin-session.ts'
import type { Needs } from '../needs.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import type { Metadata } from '../ports/event-store.ts'
import type { HashTurn } from '../ports/hasher.ts'
import { keepFirstLanguage } from '../preferences/language.ts'
import type { Transport } from '../sessions/grant-session.ts'
import { claimEmail } from './claim-email.ts'
import { findAccountByEmail } from './find-account.ts'

export type Registration = {
  readonly email: EmailAddress
  readonly password: string
  /** JSON, where the host app asks for more. */
  readonly profile?: string | null
  readonly transport: Transport
}

/** A quick refusal; the claim of the address decides. */
export function refuseIfTaken(needs: Needs<'journal' | 'crypto'>, email: EmailAddress) {
  return pipe(
    findAccountByEmail(needs)(needs.crypto.indexEmail(email)),
    TE.filterOrElseW(
      (account) => account === null,
      () => ({ type: 'email_taken' as const }),
    ),
  )
}

export type NewPassword = { readonly password: string; readonly email: string; readonly turn: HashTurn; readonly hasSecondFactor?: boolean }

export function hashNewPassword(
  { crypto, policy }: Needs<'crypto' | 'policy'>,
  { password, email, turn, hasSecondFactor = false }: NewPassword,
) {
  return pipe(
    TE.fromEither(policy.password(password, email, hasSecondFactor)),
    TE.chainFirstW(() =>
      pipe(
        TE.fromTask(policy.isBreached(password)),
        TE.chainW((isBreached) => (isBreached ? TE.left('breached' as const) : TE.right(undefined))),
      ),
    ),
    TE.mapLeft((reason) => ({ type: 'password_rejected' as const, reason })),
    TE.chainW((accepted) => crypto.hasher.hash(accepted, turn)),
  )
}

/** `releases`: of the address when a link was mailed to it; `null` if nobody proved it. */
type Hashed = {
  readonly email: EmailAddress
  readonly hash: string
  readonly releases: number | null
  readonly profile?: string | null
  readonly transport: Transport
}

export function sealRegistration(
  { journal, crypto }: Needs<'journal' | 'crypto'>,
  accountId: AccountId,
  { email, hash, profile = null }: Pick<Hashed, 'email' | 'hash' | 'profile'>,
) {
  return pipe(
    TE.Do,
    TE.bindW('email', () => crypto.vault.seal(accountId, 'email', email)),
    TE.bindW('passwordHash', () => crypto.vault.seal(accountId, 'password_hash', hash)),
    TE.bindW('profile', () => (profile === null ? TE.right(null) : crypto.vault.seal(accountId, 'profile', profile))),
    TE.map((sealed) => ({ accountId, emailIndex: crypto.indexEmail(email), ...sealed, at: journal.now() })),
  )
}

export function activeAccount({ state }: { readonly state: State }) {
  return state.type === 'active' ? TE.right(state) : TE.left({ type: 'account_exists' as const })
}

const establish =
  (needs: Needs<'journal' | 'crypto'>) =>
  (accountId: AccountId, { releases, ...hashed }: Omit<Hashed, 'transport'>, metadata: Metadata) =>
    pipe(
      sealRegistration(needs, accountId, hashed),
      TE.chainW((sealed) => {
        const command = { type: 'register' as const, emailVerified: releases !== null, ...sealed }
        return needs.journal.decideNew(streams.account(accountId), command, metadata)
      }),
      TE.chainW(activeAccount),
    )

type Claimed<Refusal> = (accountId: AccountId, metadata: Metadata) => TE.TaskEither<Refusal, unknown>

/** `claimed` runs after the address was claimed and can still refuse. */
const registerWith =
  <Refusal>(needs: Needs<'journal' | 'crypto' | 'policy'>, claimed: Claimed<Refusal>) =>
  ({ transport, ...hashed }: Hashed, caller: Caller) => {
    const accountId = needs.journal.newId() as AccountId
    const metadata = metadataOf(caller, accountId)
    return pipe(
      claimEmail(needs)({ email: needs.crypto.indexEmail(hashed.email), accountId, releases: hashed.releases }, metadata),
      TE.chainW(() => claimed(accountId, metadata)),
      TE.chainW(() => establish(needs)(accountId, hashed, metadata)),
      TE.chainFirstTaskK(() => keepFirstLanguage(needs)({ accountId, language: caller.language, actor: accountId }, caller)),
      TE.chainW((account) => beginSession(needs)(account, transport, caller)),
    )
  }

export const registerAccount =
  <Refusal>(needs: Needs<'journal' | 'crypto' | 'policy'>, claimed: Claimed<Refusal>) =>
  ({ email, password, profile = null, transport }: Registration, caller: Caller) =>
    pipe(
      refuseIfTaken(needs, email),
      TE.chainW(() => hashNewPassword(needs, { password, email, turn: turnOf(caller, null) })),
      TE.chainW((hash) => registerWith(needs, claimed)({ email, hash, releases: null, profile, transport }, caller)),
    )

export function register(needs: Needs<'journal' | 'crypto' | 'policy'>) {
  return registerAccount(needs, () => TE.right(undefined))
}

export function registerHashed(needs: Needs<'journal' | 'crypto' | 'policy'>) {
  return registerWith(needs, () => TE.right(undefined))
}
