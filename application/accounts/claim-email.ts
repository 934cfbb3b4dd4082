import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { State } from '../../domain/email-claim/decider.ts'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'
import { abandonRegistration, isUnderWay } from './abandon-registration.ts'
import { settleEmail } from './settle-email.ts'

type Owned = { readonly email: BlindIndex; readonly accountId: AccountId }

/** `releases`: how often the address was released when it was proved to be the claimant's; `null` if it was not proved. */
type Claim = Owned & { readonly releases: number | null }

type Claimed = Extract<State, { type: 'claimed' }>

const taken = { type: 'email_taken' as const }

/** From a claimant who never registered, or who has another address by now. Whoever wants the address does nothing to the claimant. */
const takeOver = (needs: Needs<'journal'>, email: BlindIndex, { by, at }: Claimed, { correlationId, causationId }: Metadata) => {
  const { journal } = needs
  const metadata = { actor: 'system', correlationId, causationId }
  const stream = streams.emailClaim(email)
  const release = { type: 'release' as const, accountId: by, because: 'registration_abandoned' as const, at: journal.now() }
  if (isUnderWay(at, journal.now())) return TE.left(taken)
  return pipe(
    settleEmail(needs)({ email, accountId: by }, metadata),
    TE.chainW(() => journal.load(stream)),
    TE.chainW(({ state }) =>
      state.type === 'free'
        ? TE.right(undefined)
        : pipe(
            abandonRegistration(needs)(state.by, state.at, metadata),
            TE.mapLeft((failure) => (failure.type === 'account_exists' ? taken : failure)),
            TE.chainW(() => journal.decide(stream, release, metadata)),
            TE.map(() => undefined),
          ),
    ),
  )
}

/** An address whose claimant never registered, or has another address, can be claimed again. */
export const claimEmail =
  (needs: Needs<'journal'>) =>
  ({ email, accountId, releases }: Claim, metadata: Metadata) => {
    const { journal } = needs
    const stream = streams.emailClaim(email)
    const claim = (since: number | null) =>
      journal.decide(stream, { type: 'claim', accountId, releases: since, at: journal.now() }, metadata)
    return pipe(
      journal.load(stream),
      TE.chainW(({ state }) =>
        state.type === 'free' || state.by === accountId || (releases !== null && releases !== state.releases)
          ? claim(releases)
          : pipe(
              takeOver(needs, email, state, metadata),
              TE.chainW(() => claim(releases === null ? null : releases + 1)),
            ),
      ),
    )
  }

type Reservation = Owned & { readonly sealed: Sealed; readonly emailVerified: boolean; readonly linksRevision: number }

/** For an account that is about to replace its address. */
export const reserveEmail =
  (needs: Needs<'journal'>) =>
  ({ email, sealed, ...reservation }: Reservation, metadata: Metadata) => {
    const { journal } = needs
    const stream = streams.emailClaim(email)
    return pipe(
      journal.load(stream),
      TE.chainW(({ state }) =>
        state.type === 'free' || state.by === reservation.accountId ? TE.right(undefined) : takeOver(needs, email, state, metadata),
      ),
      TE.chainW(() => journal.decide(stream, { type: 'reserve', ...reservation, email: sealed, at: journal.now() }, metadata)),
    )
  }

export const releaseEmail =
  ({ journal }: Needs<'journal'>) =>
  ({ email, accountId }: Owned, because: 'account_erased' | 'setup_already_done', metadata: Metadata) =>
    journal.decide(streams.emailClaim(email), { type: 'release', accountId, because, at: journal.now() }, metadata)
