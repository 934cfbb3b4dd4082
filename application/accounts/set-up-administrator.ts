import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'
import { abandonRegistration } from './abandon-registration.ts'
import { releaseEmail } from './claim-email.ts'
import { type Registration, registerAccount } from './register-account.ts'

type Unfinished = { readonly first: AccountId; readonly since: Instant }

/** The setup token is not checked yet. An administrator who never registered, because of a crash, does not count. */
const refuseIfDone = ({ journal }: Needs<'journal'>) =>
  pipe(
    journal.load(streams.administrators),
    TE.chainW(({ state }) => {
      if (state.type === 'not_set_up') return TE.right(null)
      return pipe(
        journal.load(streams.account(state.first)),
        TE.chainW(({ state: { type } }) =>
          type === 'absent' || type === 'abandoned' ? TE.right<never, Unfinished>(state) : TE.left({ type: 'setup_done' as const }),
        ),
      )
    }),
  )

/** Lets somebody else complete a setup that was begun and never finished. The first one has a minute. */
const reopen = (needs: Needs<'journal'>, unfinished: Unfinished | null, metadata: Metadata) => {
  if (unfinished === null) return TE.right(undefined)
  const { first, since } = unfinished
  return pipe(
    abandonRegistration(needs)(first, since, metadata),
    TE.mapLeft((failure) => (failure.type === 'account_exists' ? { type: 'setup_done' as const } : failure)),
    TE.chainW(() =>
      needs.journal.decide(streams.administrators, { type: 'reopenSetup', accountId: first, at: needs.journal.now() }, metadata),
    ),
    TE.map(() => undefined),
  )
}

const complete =
  (needs: Needs<'journal' | 'crypto' | 'policy'>, registration: Registration) => (accountId: AccountId, metadata: Metadata) => {
    const { journal, crypto } = needs
    const email = crypto.indexEmail(registration.email)
    return pipe(
      journal.decide(streams.administrators, { type: 'completeSetup', accountId, at: journal.now() }, metadata),
      TE.orElseFirstW(() => releaseEmail(needs)({ email, accountId }, 'setup_already_done', metadata)),
    )
  }

const wrongToken = ({ journal }: Needs<'journal'>, caller: Caller) => {
  journal.countRefusedGuess('setup_token', caller)
  return { type: 'invalid_credentials' as const }
}

export const setUp =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ setupToken, ...registration }: Registration & { readonly setupToken: string }, caller: Caller) =>
    pipe(
      refuseIfDone(needs),
      TE.filterOrElseW(
        () => needs.policy.isSetupToken(setupToken),
        () => wrongToken(needs, caller),
      ),
      TE.chainW((unfinished) => reopen(needs, unfinished, metadataOf(caller, 'anonymous'))),
      TE.chainW(() => registerAccount(needs, complete(needs, registration))(registration, caller)),
    )
