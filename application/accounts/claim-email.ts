import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, BlindIndex } from '../../domain/kernel/ids.ts'
import { emailClaimStream } from '../../domain/kernel/streams.ts'
import type { Needs } from '../dependencies.ts'
import type { Metadata } from '../ports/event-store.ts'
import { abandonRegistration } from './abandon-registration.ts'

type Claim = { readonly email: BlindIndex; readonly accountId: AccountId }

/** Makes the address this account's, or says that it is taken. An address whose claimant never registered is taken over. */
export const claimEmail =
  (needs: Needs<'load' | 'handle' | 'aggregates' | 'now'>) =>
  ({ email, accountId }: Claim, metadata: Metadata) => {
    const { load, handle, aggregates, now } = needs
    const stream = emailClaimStream(email)
    const claim = () => handle(aggregates.emailClaim, stream, { type: 'claim', accountId, at: now() }, metadata)
    const release = (owner: AccountId) => () =>
      handle(aggregates.emailClaim, stream, { type: 'release', accountId: owner, because: 'registration_abandoned', at: now() }, metadata)
    return pipe(
      load(aggregates.emailClaim, stream),
      TE.chainW(({ state }) =>
        state.type === 'free' || state.by === accountId
          ? claim()
          : pipe(
              abandonRegistration(needs)(state.by, state.at, metadata),
              TE.mapLeft((failure) => (failure.type === 'account_exists' ? { type: 'email_taken' as const } : failure)),
              TE.chainW(release(state.by)),
              TE.chainW(claim),
            ),
      ),
    )
  }

export const releaseEmail =
  ({ handle, aggregates, now }: Needs<'handle' | 'aggregates' | 'now'>) =>
  ({ email, accountId }: Claim, because: 'account_erased' | 'setup_already_done', metadata: Metadata) =>
    handle(aggregates.emailClaim, emailClaimStream(email), { type: 'release', accountId, because, at: now() }, metadata)
