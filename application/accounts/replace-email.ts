import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Refusal as AccountRefusal } from '../../domain/account/decider.ts'
import type { Registered } from '../../domain/account/state.ts'
import type { Refusal as EmailRefusal } from '../../domain/email-claim/decider.ts'
import type { Needs } from '../needs.ts'
import type { Metadata, StoreFailure } from '../ports/event-store.ts'
import { reserveEmail } from './claim-email.ts'
import { type Replaced, type Replacement, replaceEmail, settleEmail, settleEmails } from './settle-email.ts'

type Failure = StoreFailure | AccountRefusal | EmailRefusal

const reserve = (
  needs: Needs<'journal'>,
  account: Registered,
  replacement: Replacement,
  metadata: Metadata,
): TE.TaskEither<Failure, void> =>
  replacement.email === account.emailIndex
    ? TE.right(undefined)
    : pipe(
        reserveEmail(needs)(replacement, metadata),
        TE.map(() => undefined),
      )

/** The store may have failed before or after the append, so what was claimed stays until a start or a later change settles it. */
const isRefusal = ({ type }: Failure) => !['conflict', 'stream_deleted', 'unavailable', 'corrupt'].includes(type)

/** A change that lost to another one leaves no address claimed. */
const replace = (needs: Needs<'journal'>, replacement: Replacement, metadata: Metadata): TE.TaskEither<Failure, Replaced> =>
  pipe(
    replaceEmail(needs)(replacement, metadata),
    TE.orElseFirstW((failure) => (isRefusal(failure) ? settleEmail(needs)(replacement, metadata) : TE.right(undefined))),
  )

/** What a crash leaves in between is completed by the next start, by whoever repeats it, or by whoever wants one of the addresses. */
export const reserveAndReplace = (needs: Needs<'journal'>) => (account: Registered, replacement: Replacement, metadata: Metadata) =>
  pipe(
    reserve(needs, account, replacement, metadata),
    TE.chain(() => replace(needs, replacement, metadata)),
    TE.chainFirstTaskK(({ replaced }) => settleEmails(needs)(replaced, account.accountId, metadata)),
  )
