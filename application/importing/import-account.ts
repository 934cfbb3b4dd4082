import { isLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { findAccountByEmail } from '../accounts/find-account.ts'
import { createClaimed } from '../administration/create-claimed.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../needs.ts'
import { externalPassword, noPassword } from '../passwords/current-hash.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import type { Metadata } from '../ports/event-store.ts'
import type { HashRefused, HashToImport } from '../ports/hasher.ts'
import { addHashKind, type DryRun } from './add-hash-kind.ts'
import { importSecondFactor } from './import-second-factor.ts'

export type AccountToImport = {
  readonly email: EmailAddress
  readonly emailVerified: boolean
  /** Null for somebody who has none yet. */
  readonly passwordHash: string | null
  /** Base32. */
  readonly totpSecret: string | null
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  readonly isDisabled: boolean
}

export type ImportRefusal = HashRefused['reason'] | 'too_many_hash_kinds'

/** `claimed`: somebody has the address and no account yet, because a registration is under way or was interrupted a moment ago. */
export type ImportOutcome =
  | { readonly type: 'created'; readonly accountId: AccountId | null }
  | { readonly type: 'exists'; readonly accountId: AccountId }
  | { readonly type: 'claimed' }
  | { readonly type: 'refused'; readonly reason: ImportRefusal }

type ImportNeeds = Needs<'journal' | 'crypto'>

const readHash = ({ crypto }: ImportNeeds, passwordHash: string | null) => {
  const kept = (hash: string) => right<never, HashToImport>({ kind: null, tryOut: () => TE.right(undefined), keep: () => TE.right(hash) })
  if (passwordHash === null) return kept(noPassword)
  return passwordHash === externalPassword ? kept(externalPassword) : crypto.hasher.readImported(passwordHash)
}

/** The second factor comes before the account: a crash in between must not leave somebody without it. */
const create = (needs: ImportNeeds, account: AccountToImport, hash: string, by: Actor, metadata: Metadata) => {
  const { passwordHash, totpSecret: secret, ...kept } = account
  return pipe(
    createClaimed(needs, { ...kept, hash, by, isInvited: passwordHash === null }, metadata, (accountId) =>
      secret === null ? TE.right(undefined) : importSecondFactor(needs)({ accountId, secret }, metadata),
    ),
    TE.map(({ accountId }): ImportOutcome => ({ type: 'created', accountId })),
  )
}

const refused = (reason: ImportRefusal): ImportOutcome => ({ type: 'refused', reason })

/** `dryRun`: null for an import that records. */
export type ImportMode = { readonly actor: Actor; readonly dryRun: DryRun | null }

/** Nobody is told by mail. Whoever has the address already keeps the account as it is. */
export const importAccount =
  (needs: ImportNeeds) =>
  (account: AccountToImport, { actor, dryRun }: ImportMode, caller: Caller) => {
    const metadata = metadataOf(caller, actor)
    const turn = turnOf(caller, null)
    const hash = readHash(needs, account.passwordHash)
    if (isLeft(hash)) return TE.right(refused(hash.left.reason))
    return pipe(
      findAccountByEmail(needs)(needs.crypto.indexEmail(account.email)),
      TE.chainW((found) => {
        if (found !== null) return TE.right<never, ImportOutcome>({ type: 'exists', accountId: found.accountId })
        return pipe(
          addHashKind(needs)(hash.right, dryRun, turn, metadata),
          TE.chainW(() => {
            if (dryRun !== null) return TE.right<never, ImportOutcome>({ type: 'created', accountId: null })
            return pipe(
              hash.right.keep(turn),
              TE.chainW((kept) => create(needs, account, kept, actor, metadata)),
            )
          }),
        )
      }),
      TE.orElseW((failure) => {
        if (failure.type === 'email_taken') return TE.right<never, ImportOutcome>({ type: 'claimed' })
        if (failure.type === 'hash_refused') return TE.right(refused(failure.reason))
        return failure.type === 'too_many_hash_kinds' ? TE.right(refused(failure.type)) : TE.left(failure)
      }),
    )
  }
