import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../domain/kernel/ids.ts'
import { rosterStream } from '../domain/kernel/streams.ts'
import { abandonRegistration } from './abandon-registration.ts'
import { type Caller, metadataOf } from './caller.ts'
import { releaseEmail } from './claim-email.ts'
import type { Dependencies, Needs } from './dependencies.ts'
import type { Metadata } from './event-store.ts'
import { type Registration, registerAccount } from './register-account.ts'

/** Refuses once somebody completed the setup; one who never registered, because of a crash, does not count. */
const refuseIfDone = (needs: Needs<'load' | 'handle' | 'aggregates' | 'now'>, metadata: Metadata) => {
  const { load, handle, aggregates, now } = needs
  const reopen = (accountId: AccountId) => handle(aggregates.roster, rosterStream, { do: 'reopen_setup', accountId, at: now() }, metadata)
  return pipe(
    load(aggregates.roster, rosterStream),
    TE.chainW(({ state }) => {
      if (state.is === 'not_set_up') return TE.right(undefined)
      return pipe(
        abandonRegistration(needs)(state.first, state.since, metadata),
        TE.mapLeft((failure) => (failure === 'account_exists' ? ('setup_done' as const) : failure)),
        TE.chainW(() => reopen(state.first)),
        TE.map(() => undefined),
      )
    }),
  )
}

const complete = (needs: Dependencies, registration: Registration) => (accountId: AccountId, metadata: Metadata) => {
  const { handle, aggregates, now, indexEmail } = needs
  const email = indexEmail(registration.email)
  return pipe(
    handle(aggregates.roster, rosterStream, { do: 'complete_setup', accountId, at: now() }, metadata),
    TE.orElseFirstW(() => releaseEmail(needs)({ email, accountId }, 'setup_already_done', metadata)),
  )
}

/** Makes the first administrator, once, whoever else tries at the same time. */
export const setUp =
  (needs: Dependencies) =>
  (setupToken: string, registration: Registration, caller: Caller) =>
    pipe(
      refuseIfDone(needs, metadataOf(caller, 'anonymous')),
      TE.filterOrElseW(
        () => needs.isSetupToken(setupToken),
        () => 'invalid_credentials' as const,
      ),
      TE.chainW(() => registerAccount(needs, complete(needs, registration))(registration, caller)),
    )
