import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import type { ClaimValue } from '../../domain/account/events.ts'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { claimEmail } from '../accounts/claim-email.ts'
import { sealRegistration } from '../accounts/register-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'

export type AccountToCreate = {
  readonly email: EmailAddress
  readonly hash: string
  /** JSON. */
  readonly profile?: string | null
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, ClaimValue>>
  readonly by: Actor
  readonly isInvited: boolean
  readonly emailVerified: boolean
  readonly isDisabled?: boolean
  readonly mustChangePassword?: boolean
}

/** Whatever may not be missing from the account, should a crash come in between. */
type Beforehand<Refusal> = (accountId: AccountId) => TE.TaskEither<Refusal, unknown>

/** Claims the address, then creates the account with all that it has. Somebody else decides who may do it. */
export function createClaimed<Refusal>(
  needs: Needs<'journal' | 'crypto'>,
  {
    email,
    hash,
    profile = null,
    claims,
    roles,
    by,
    isInvited,
    emailVerified,
    isDisabled = false,
    mustChangePassword = false,
  }: AccountToCreate,
  metadata: Metadata,
  beforehand: Beforehand<Refusal>,
) {
  const accountId = needs.journal.newId() as AccountId
  return pipe(
    claimEmail(needs)({ email: needs.crypto.indexEmail(email), accountId, releases: null }, metadata),
    TE.chainW(() => beforehand(accountId)),
    TE.chainW(() => sealRegistration(needs, accountId, { email, hash, profile })),
    TE.chainW((registration) => {
      const chosen = {
        by,
        isInvited,
        emailVerified,
        isDisabled,
        mustChangePassword,
        roles,
        claims: Object.entries(claims).map(([name, value]) => ({ name, value })),
      }
      return needs.journal.decideNew(streams.account(accountId), { type: 'create', ...registration, ...chosen }, metadata)
    }),
    TE.map(({ state }) => ({ accountId, state })),
  )
}
