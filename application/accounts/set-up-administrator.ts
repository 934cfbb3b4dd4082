import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { accountStream, administratorsStream } from '../../domain/kernel/streams.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies, Needs } from '../dependencies.ts'
import type { Metadata } from '../ports/event-store.ts'
import { abandonRegistration } from './abandon-registration.ts'
import { releaseEmail } from './claim-email.ts'
import { type Registration, registerAccount } from './register-account.ts'

type Unfinished = { readonly first: AccountId; readonly since: Instant }

/** Refuses once somebody completed the setup, and leaves no trace: the token is not looked at yet. One who never registered, because of a crash, does not count. */
const refuseIfDone = ({ load, aggregates }: Needs<'load' | 'aggregates'>) =>
  pipe(
    load(aggregates.administrators, administratorsStream),
    TE.chainW(({ state }) => {
      if (state.type === 'not_set_up') return TE.right(null)
      return pipe(
        load(aggregates.account, accountStream(state.first)),
        TE.chainW(({ state: { type } }) =>
          type === 'absent' || type === 'abandoned' ? TE.right<never, Unfinished>(state) : TE.left({ type: 'setup_done' as const }),
        ),
      )
    }),
  )

/** Takes the setup back from whoever began it and never registered; for a minute they still can. */
const reopen = (needs: Needs<'handle' | 'aggregates' | 'now'>, unfinished: Unfinished | null, metadata: Metadata) => {
  if (unfinished === null) return TE.right(undefined)
  const { first, since } = unfinished
  return pipe(
    abandonRegistration(needs)(first, since, metadata),
    TE.mapLeft((failure) => (failure.type === 'account_exists' ? { type: 'setup_done' as const } : failure)),
    TE.chainW(() =>
      needs.handle(
        needs.aggregates.administrators,
        administratorsStream,
        { type: 'reopenSetup', accountId: first, at: needs.now() },
        metadata,
      ),
    ),
    TE.map(() => undefined),
  )
}

const complete = (needs: Dependencies, registration: Registration) => (accountId: AccountId, metadata: Metadata) => {
  const { handle, aggregates, now, indexEmail } = needs
  const email = indexEmail(registration.email)
  return pipe(
    handle(aggregates.administrators, administratorsStream, { type: 'completeSetup', accountId, at: now() }, metadata),
    TE.orElseFirstW(() => releaseEmail(needs)({ email, accountId }, 'setup_already_done', metadata)),
  )
}

/** Makes the first administrator, once, whoever else tries at the same time. */
export const setUp = (needs: Dependencies) => (setupToken: string, registration: Registration, caller: Caller) =>
  pipe(
    refuseIfDone(needs),
    TE.filterOrElseW(
      () => needs.isSetupToken(setupToken),
      () => ({ type: 'invalid_credentials' as const }),
    ),
    TE.chainW((unfinished) => reopen(needs, unfinished, metadataOf(caller, 'anonymous'))),
    TE.chainW(() => registerAccount(needs, complete(needs, registration))(registration, caller)),
  )
