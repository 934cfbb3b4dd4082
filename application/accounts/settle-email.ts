import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Refusal as AccountRefusal } from '../../domain/account/decider.ts'
import { mayReplaceEmail } from '../../domain/account/email.ts'
import { linksRevisionOf, type State } from '../../domain/account/state.ts'
import type { Refusal as EmailRefusal, Reservation } from '../../domain/email-claim/decider.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata, StoreFailure } from '../ports/event-store.ts'

export type HeldEmail = { readonly email: BlindIndex; readonly accountId: AccountId }

export type Replacement = HeldEmail & { readonly sealed: Sealed; readonly emailVerified: boolean; readonly linksRevision: number }
export type Replaced = { readonly state: State; readonly replaced: readonly BlindIndex[] }

export const replaceEmail =
  ({ journal }: Needs<'journal'>) =>
  ({ accountId, email: emailIndex, sealed: email, ...chosen }: Replacement, metadata: Metadata) =>
    pipe(
      journal.decide(streams.account(accountId), { type: 'replaceEmail', emailIndex, email, ...chosen, at: journal.now() }, metadata),
      TE.map(({ state, events }): Replaced => {
        return {
          state,
          replaced: events.flatMap((event) =>
            event.type === 'EmailReplaced' && event.data.replacedIndex !== null ? [event.data.replacedIndex] : [],
          ),
        }
      }),
    )

type Failure = StoreFailure | AccountRefusal | EmailRefusal
type Settled = TE.TaskEither<Failure, void>

const isFinal = ({ type }: Failure) => type === 'email_change_outdated' || type === 'no_such_account'

const nothing: Settled = TE.right(undefined)

/** Completes a change of address that was begun, or releases an address whose claimant has another one. Idempotent. */
export const settleEmail =
  (needs: Needs<'journal'>) =>
  (held: HeldEmail, metadata: Metadata): Settled => {
    const { journal } = needs
    const { email, accountId } = held
    const release = (linksRevision: number): Settled =>
      pipe(
        journal.decide(streams.emailClaim(email), { type: 'releaseReplaced', accountId, linksRevision, at: journal.now() }, metadata),
        TE.map(() => undefined),
      )
    const complete = ({ email: sealed, ...reserved }: Reservation): Settled =>
      pipe(
        replaceEmail(needs)({ ...held, sealed, ...reserved }, metadata),
        TE.chainW(({ replaced }) => settleEmails(needs)(replaced, accountId, metadata)),
        TE.orElse((failure) => (isFinal(failure) ? settleEmail(needs)(held, metadata) : TE.left(failure))),
      )
    return pipe(
      TE.Do,
      TE.bindW('claim', () => journal.load(streams.emailClaim(email))),
      TE.bindW('account', () => journal.load(streams.account(accountId))),
      TE.chainW(({ claim: { state: claim }, account: { state: account } }): Settled => {
        if (claim.type === 'free' || claim.by !== accountId) return nothing
        if (account.type === 'absent' || account.type === 'abandoned' || account.emailIndex === email) return nothing
        if (account.type === 'erased') return release(Number.MAX_SAFE_INTEGER)
        const { reservation } = claim
        return reservation !== null && mayReplaceEmail(account, reservation.linksRevision)
          ? complete(reservation)
          : release(linksRevisionOf(account))
      }),
    )
  }

export const settleEmails = (needs: Needs<'journal'>) => (emails: readonly BlindIndex[], accountId: AccountId, metadata: Metadata) =>
  pipe(
    emails,
    TE.traverseSeqArray((email) => settleEmail(needs)({ email, accountId }, metadata)),
    TE.map(() => undefined),
  )

/** Returns how many are still owed. */
export async function finishEmailChanges(needs: Needs<'journal'>, owed: readonly HeldEmail[]) {
  const metadata = { actor: 'system', correlationId: needs.journal.newId(), causationId: null }
  let left = 0
  for (const held of owed) if (isLeft(await settleEmail(needs)(held, metadata)())) left += 1
  return left
}
