import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'
import { abandonRegistration } from './abandon-registration.ts'

type Owned = { readonly email: BlindIndex; readonly accountId: AccountId }

/** `releases`: how often the address was released when it was proved to be the claimant's; `null` if it was not proved. */
type Claim = Owned & { readonly releases: number | null }

/** An address whose claimant never registered can be claimed again. */
export const claimEmail =
  (needs: Needs<'journal'>) =>
  ({ email, accountId, releases }: Claim, metadata: Metadata) => {
    const { journal } = needs
    const stream = streams.emailClaim(email)
    const claim = (since: number | null) =>
      journal.decide(stream, { type: 'claim', accountId, releases: since, at: journal.now() }, metadata)
    const release = (owner: AccountId) => () =>
      journal.decide(stream, { type: 'release', accountId: owner, because: 'registration_abandoned', at: journal.now() }, metadata)
    return pipe(
      journal.load(stream),
      TE.chainW(({ state }) =>
        state.type === 'free' || state.by === accountId || (releases !== null && releases !== state.releases)
          ? claim(releases)
          : pipe(
              abandonRegistration(needs)(state.by, state.at, metadata),
              TE.mapLeft((failure) => (failure.type === 'account_exists' ? { type: 'email_taken' as const } : failure)),
              TE.chainW(release(state.by)),
              TE.chainW(() => claim(releases === null ? null : releases + 1)),
            ),
      ),
    )
  }

export const releaseEmail =
  ({ journal }: Needs<'journal'>) =>
  ({ email, accountId }: Owned, because: 'account_erased' | 'setup_already_done', metadata: Metadata) =>
    journal.decide(streams.emailClaim(email), { type: 'release', accountId, because, at: journal.now() }, metadata)
