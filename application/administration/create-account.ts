import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { claimEmail } from '../accounts/claim-email.ts'
import { activeAccount, hashNewPassword, refuseIfTaken, sealRegistration } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { noPassword } from '../passwords/current-hash.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import { addAdministrator } from './administer.ts'
import { refuseIfDemoted } from './refuse-if-demoted.ts'

type NewAccount = {
  readonly email: EmailAddress
  /** Null for somebody who is invited. */
  readonly password: string | null
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  readonly actor: AccountId
}

type CreateNeeds = Needs<'journal' | 'crypto' | 'policy'>

const append = (needs: CreateNeeds, { email, password, roles, claims, actor }: NewAccount, hash: string, caller: Caller) => {
  const accountId = needs.journal.newId() as AccountId
  const metadata = metadataOf(caller, actor)
  return pipe(
    claimEmail(needs)({ email: needs.crypto.indexEmail(email), accountId, releases: null }, metadata),
    TE.chainW(() => sealRegistration(needs, accountId, email, hash)),
    TE.chainW((registration) => {
      const chosen = {
        roles: roles.filter((role) => role !== administratorRole),
        claims: Object.entries(claims).map(([name, value]) => ({ name, value })),
      }
      const origin = { by: actor, isInvited: password === null, emailVerified: false }
      return needs.journal.decideNew(streams.account(accountId), { type: 'create', ...registration, ...origin, ...chosen }, metadata)
    }),
    TE.chainW(activeAccount),
  )
}

/** The role `admin` comes last, in a stream of its own: after a crash in between it is missing, and can be granted. */
export const createAccount = (needs: CreateNeeds) => (created: NewAccount, caller: Caller) => {
  const { email, password, roles, actor } = created
  return pipe(
    refuseIfTaken(needs, email),
    TE.chainW(() => (password === null ? TE.right(noPassword) : hashNewPassword(needs, { password, email, turn: turnOf(caller, actor) }))),
    TE.chainFirstW(() => refuseIfDemoted(needs, actor)),
    TE.chainW((hash) => append(needs, created, hash, caller)),
    TE.chainFirstW((account) =>
      roles.includes(administratorRole) ? addAdministrator(needs, { accountId: account.accountId, actor }, caller) : TE.right(undefined),
    ),
  )
}
