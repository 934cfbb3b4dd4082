import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { hasPassword, type Registered } from '../../domain/account/state.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { AccountId, BlindIndex, SessionId } from '../../domain/kernel/ids.ts'
import { categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import { findAccount, findAccountByEmail } from '../accounts/find-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { noticeOf } from './notice.ts'

type Recipient = Pick<Registered, 'accountId' | 'email'> | null

/** The replaced mailbox learns of it: the new one did it. */
const ownerOf = (needs: Needs<'journal'>, stream: string, event: DomainEvent): TE.TaskEither<StoreFailure, Recipient> => {
  const id = idInStream(stream)
  if (event.type === 'EmailReplaced') return TE.right({ accountId: id as AccountId, email: event.data.replacedEmail })
  switch (categoryOf(stream)) {
    case 'login':
      return findAccountByEmail(needs)(id as BlindIndex)
    case 'session':
      return pipe(
        needs.journal.load(streams.session(id as SessionId)),
        TE.chainW(({ state }) => (state.type === 'absent' ? TE.right(null) : findAccount(needs)(state.accountId))),
      )
    case 'administrators':
      return findAccount(needs)((event.data as { readonly accountId: AccountId }).accountId)
    default:
      return findAccount(needs)(id as AccountId)
  }
}

/** Best effort: nobody waits for it. An invited person gets the invitation only. Follows from the event alone, so that it can be repeated after a crash. */
export const notifyOwner = (needs: Needs<'journal' | 'crypto' | 'mail'>) => (stream: string, event: DomainEvent) => {
  const notice = noticeOf(event)
  if (notice === null) return TE.right(undefined)
  return pipe(
    ownerOf(needs, stream, event),
    TE.chainW((owner) =>
      owner === null || !hasPassword(owner)
        ? TE.right(undefined)
        : pipe(
            needs.crypto.vault.unseal('email', owner.email),
            TE.chainW((to) => needs.mail.send({ to, ...notice }, { account: owner.accountId })),
          ),
    ),
  )
}
