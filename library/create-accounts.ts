import { setTimeout as pause } from 'node:timers/promises'
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { strictObject } from '../api/codecs/strict-object.ts'
import { Email, Password } from '../api/shapes/credentials.ts'
import { Language } from '../api/shapes/language.ts'
import { ClaimsInput, RoleName } from '../api/shapes/names.ts'
import { findAccountByEmail } from '../application/accounts/find-account.ts'
import { mailInvitation } from '../application/accounts/invite.ts'
import { createAccountByHost } from '../application/administration/create-account.ts'
import type { Caller } from '../application/caller.ts'
import type { MailLanguage } from '../application/notifications/texts/mail-texts.ts'
import type { EmailAddress } from '../domain/account/email-address.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import { hasPassword, type Registered } from '../domain/account/state.ts'
import type { Actor } from '../domain/kernel/ids.ts'
import { accountView } from './account-view.ts'
import { givenProfile } from './embedding/given-profile.ts'
import { GatebookError } from './gatebook-error.ts'
import { hostCalls } from './host-calls.ts'
import { actorOf, readInput } from './host-input.ts'
import type { HostNeeds } from './host-needs.ts'
import type { InvitationInput, NewAccountInput } from './inputs.ts'
import type { CreatedView } from './views.ts'

const ifExists = t.keyof({ refuse: null, keep: null }, 'refuse or keep')
const chosen = { roles: t.array(RoleName), claims: ClaimsInput, language: Language, ifExists }
const NewAccount = strictObject(
  { email: Email, password: Password },
  { ...chosen, emailVerified: t.boolean, mustChangePassword: t.boolean },
)
const Invitation = strictObject({ email: Email }, chosen)

type Read = {
  readonly email: EmailAddress
  readonly password: string | null
  readonly mustChangePassword?: boolean
  readonly emailVerified: boolean
  readonly roles?: readonly string[]
  readonly claims?: Readonly<Record<string, ClaimValue>>
  readonly language?: MailLanguage
  readonly ifExists?: 'refuse' | 'keep'
  readonly profile: string | null
}

type Made = { readonly account: Registered; readonly created: boolean; readonly caller: Caller }

/** Milliseconds. */
const [patience, interval] = [2_000, 50]

export function createAccounts(needs: HostNeeds) {
  const call = hostCalls(needs)

  /** Another call may have claimed the address and not registered the account yet. */
  const existing = async (email: EmailAddress) => {
    for (let waited = 0; waited < patience; waited += interval) {
      const found = await findAccountByEmail(needs)(needs.crypto.indexEmail(email))()
      if (isRight(found) && found.right !== null) return found.right
      await pause(interval)
    }
    return null
  }

  const make = async ({ ifExists = 'refuse', roles = [], claims = {}, ...account }: Read, actor: Actor): Promise<Made> => {
    let caller: Caller | undefined
    try {
      const made = await call((by) => {
        caller = by
        return createAccountByHost(needs)({ ...account, roles, claims, actor }, by)
      })
      return { account: made, created: true, caller: caller as Caller }
    } catch (error) {
      const isTaken = error instanceof GatebookError && error.code === 'EMAIL_TAKEN'
      const kept = isTaken && ifExists === 'keep' ? await existing(account.email) : null
      if (kept === null) throw error
      return { account: kept, created: false, caller: caller as Caller }
    }
  }

  const shown = async ({ account, created }: Made): Promise<CreatedView> => {
    const entry = needs.accountQueries.byId(account.accountId)
    if (entry === undefined) throw new GatebookError({ problem: 'STALE_READ_MODEL' })
    return { account: await accountView(needs, entry), created }
  }

  return {
    /** Whatever `registration` says. The account has its roles and claims at once, or does not exist; only `admin` comes after that. */
    create: async ({ actor, profile, ...input }: NewAccountInput): Promise<CreatedView> => {
      const by = actorOf({ actor })
      const { emailVerified = false, ...account } = readInput(NewAccount, input)
      return shown(await make({ ...account, emailVerified, profile: await givenProfile(needs, profile) }, by))
    },

    /** Mails a link, good for seven days, with which the person chooses a password. With `ifExists: 'keep'`, again to whoever has none yet. */
    invite: async ({ actor, profile, ...input }: InvitationInput): Promise<CreatedView> => {
      const by = actorOf({ actor })
      const made = await make(
        { ...readInput(Invitation, input), password: null, emailVerified: false, profile: await givenProfile(needs, profile) },
        by,
      )
      const isOpen = made.account.type === 'active' && !hasPassword(made.account)
      if (isOpen) needs.inBackground(mailInvitation(needs)(made.account, by, made.caller, true))
      return shown(made)
    },
  }
}
