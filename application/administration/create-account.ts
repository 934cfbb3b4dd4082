import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import { administratorRole } from '../../domain/administrators/events.ts'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { activeAccount, hashNewPassword, refuseIfTaken } from '../accounts/register-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../needs.ts'
import type { MailLanguage } from '../notifications/texts/mail-texts.ts'
import { noPassword } from '../passwords/current-hash.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import type { HashTurn } from '../ports/hasher.ts'
import { keepFirstLanguage } from '../preferences/language.ts'
import { addAdministrator, appointAdministrator } from './administer.ts'
import { createClaimed } from './create-claimed.ts'
import { refuseIfDemoted } from './refuse-if-demoted.ts'

type NewAccount = {
  readonly email: EmailAddress
  /** Null for somebody who is invited. */
  readonly password: string | null
  /** At the first login. */
  readonly mustChangePassword?: boolean
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  readonly emailVerified: boolean
  /** JSON. */
  readonly profile?: string | null
  /** Of the person's mails; left out if it is not known. */
  readonly language?: MailLanguage | undefined
  readonly actor: Actor
}

/** Whose queue the hash waits in, what is asked again after the wait, and how somebody becomes an administrator. */
type Authority = {
  readonly turn: HashTurn
  readonly stillAllowed: TE.TaskEither<StoreFailure | { type: 'not_an_administrator' }, unknown>
  readonly appoint: typeof addAdministrator
}

type CreateNeeds = Needs<'journal' | 'crypto' | 'policy'>

const append = (needs: CreateNeeds, { password, roles, actor, ...created }: NewAccount, hash: string, caller: Caller) => {
  const chosen = { ...created, roles: roles.filter((role) => role !== administratorRole), by: actor, isInvited: password === null }
  return pipe(
    createClaimed(needs, { ...chosen, hash }, metadataOf(caller, actor), () => TE.right(undefined)),
    TE.chainW(activeAccount),
  )
}

/** The role `admin` comes last, in a stream of its own: after a crash in between it is missing, and can be granted. */
const create = (needs: CreateNeeds, created: NewAccount, { turn, stillAllowed, appoint }: Authority, caller: Caller) => {
  const { email, password, roles, language, actor } = created
  return pipe(
    refuseIfTaken(needs, email),
    TE.chainW(() => (password === null ? TE.right(noPassword) : hashNewPassword(needs, { password, email, turn }))),
    TE.chainFirstW(() => stillAllowed),
    TE.chainW((hash) => append(needs, created, hash, caller)),
    TE.chainFirstTaskK(({ accountId }) => keepFirstLanguage(needs)({ accountId, language, actor }, caller)),
    TE.chainFirstW((account) =>
      roles.includes(administratorRole) ? appoint(needs, { accountId: account.accountId, actor }, caller) : TE.right(undefined),
    ),
  )
}

type ByAdministrator = Omit<NewAccount, 'actor' | 'emailVerified' | 'profile'> & { readonly actor: AccountId }

export const createAccount = (needs: CreateNeeds) => (created: ByAdministrator, caller: Caller) => {
  const { actor } = created
  const authority = { turn: turnOf(caller, actor), stillAllowed: refuseIfDemoted(needs, actor), appoint: addAdministrator }
  return create(needs, { ...created, emailVerified: false }, authority, caller)
}

/** The host app decides who may do it. */
export const createAccountByHost = (needs: CreateNeeds) => (created: NewAccount, caller: Caller) =>
  create(needs, created, { turn: turnOf(caller, null), stillAllowed: TE.right(undefined), appoint: appointAdministrator }, caller)
