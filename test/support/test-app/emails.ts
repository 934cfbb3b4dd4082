import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { confirmEmailChange } from '../../../application/accounts/confirm-email-change.ts'
import { existingAccount } from '../../../application/accounts/find-account.ts'
import { mailEmailChange, requestEmailChange } from '../../../application/accounts/request-email-change.ts'
import { finishEmailChanges } from '../../../application/accounts/settle-email.ts'
import { sealLinkToken } from '../../../application/link-token.ts'
import type { IssuedSession } from '../../../application/sessions/grant-session.ts'
import type { EmailAddress } from '../../../domain/account/email-address.ts'
import { type State as Account, evolveAccount, initialAccount, linksRevisionOf } from '../../../domain/account/state.ts'
import { catalogue } from '../../../domain/catalogue.ts'
import { type State as Claim, emailClaim } from '../../../domain/email-claim/decider.ts'
import type { AccountId, BlindIndex } from '../../../domain/kernel/ids.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'
import { categoryOf, idInStream } from '../../../domain/kernel/streams.ts'
import { upcasters } from '../../../domain/upcasters.ts'
import type { TestApp } from '../test-app.ts'
import { wholeLog } from './log.ts'
import { succeed } from './outcomes.ts'
import { password } from './people.ts'

/** Asks with the password and sends the mail. */
export const askingFor = ({ deps, caller }: TestApp, { session }: IssuedSession, to: EmailAddress, proof: string | null = password) =>
  pipe(
    requestEmailChange(deps)({ ...session, proof: proof === null ? null : { password: proof } }, caller),
    TE.chainW((account) => mailEmailChange(deps)(account, to, caller)),
  )

export const linkIn = (text: string) => /#(\S+)/.exec(text)?.[1] ?? ''

/** A link that was mailed now. */
export const linkFor = ({ deps }: TestApp, accountId: AccountId, to: EmailAddress) =>
  succeed(
    pipe(
      existingAccount(deps)(accountId),
      TE.chainW((account) => sealLinkToken(deps, accountId, 'email', { email: to, linksRevision: linksRevisionOf(account) }, 86_400_000)),
    ),
  )

export const confirming = ({ deps, caller }: TestApp, link: string) => confirmEmailChange(deps)(link, caller)

const reader = eventReader(Object.values(catalogue).flat(), upcasters)

/** The accounts and the claims of addresses after each event, folded from the log. */
export const foldLog = async (app: TestApp, look: (accounts: ReadonlyMap<string, Account>, claims: ReadonlyMap<string, Claim>) => void) => {
  const accounts = new Map<string, Account>()
  const claims = new Map<string, Claim>()
  for (const recorded of await wholeLog(app)) {
    const decoded = reader.decode(recorded)
    if (decoded._tag === 'Left') throw new Error(`cannot read ${recorded.type}`)
    const [category, id] = [categoryOf(recorded.stream), idInStream(recorded.stream)]
    if (category === 'account') accounts.set(id, evolveAccount(accounts.get(id) ?? initialAccount, decoded.right as never))
    if (category === 'emailClaim') claims.set(id, emailClaim.evolve(claims.get(id) ?? emailClaim.initial, decoded.right as never))
    look(accounts, claims)
  }
}

/** What a start does: the read model owes the addresses whose claimant has another one. */
export const finishing = async (app: TestApp) => {
  let held: { email: BlindIndex; accountId: AccountId }[] = []
  await foldLog(app, (accounts, claims) => {
    held = [...claims].flatMap(([email, claim]) => {
      if (claim.type === 'free') return []
      const account = accounts.get(claim.by)
      const isHeld = account !== undefined && 'emailIndex' in account && account.emailIndex !== email
      return isHeld ? [{ email: email as BlindIndex, accountId: claim.by }] : []
    })
  })
  return finishEmailChanges(app.deps, held)
}
