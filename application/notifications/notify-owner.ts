import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canLogIn, type Registered } from '../../domain/account/state.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { AccountId, BlindIndex, SessionId } from '../../domain/kernel/ids.ts'
import type { Sealed } from '../../domain/kernel/sealed.ts'
import { categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import { findAccount, findLoginOwner } from '../accounts/find-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import { noticeOf } from './notice.ts'
import { writeMail } from './write-mail.ts'

type Recipient = { readonly accountId: AccountId; readonly email: Sealed } | null

const ownerOf = (needs: Needs<'journal'>, stream: string, event: DomainEvent): TE.TaskEither<StoreFailure, Registered | null> => {
  const id = idInStream(stream)
  switch (categoryOf(stream)) {
    case 'login':
      return findLoginOwner(needs)(id as BlindIndex)
    case 'session':
      return pipe(
        needs.journal.load(streams.session(id as SessionId)),
        TE.chainW(({ state }) => (state.type === 'absent' ? TE.right(null) : findAccount(needs)(state.accountId))),
      )
    case 'administrators':
    case 'identity':
      return findAccount(needs)((event.data as { readonly accountId: AccountId }).accountId)
    default:
      return findAccount(needs)(id as AccountId)
  }
}

/** Nobody is told who has no address. */
const addressed = (accountId: AccountId, email: Sealed | null): Recipient => (email === null ? null : { accountId, email })

/** The replaced mailbox learns of it: the new one did it. An invited person gets the invitation only. */
const recipientOf = (needs: Needs<'journal'>, stream: string, event: DomainEvent): TE.TaskEither<StoreFailure, Recipient> =>
  event.type === 'EmailReplaced'
    ? TE.right(addressed(idInStream(stream) as AccountId, event.data.replacedEmail))
    : pipe(
        ownerOf(needs, stream, event),
        TE.map((owner) => (owner !== null && canLogIn(owner) ? addressed(owner.accountId, owner.email) : null)),
      )

/** Best effort: nobody waits for it. Follows from the event alone, so that it can be repeated after a crash. */
export const notifyOwner = (needs: Needs<'journal' | 'crypto' | 'mail'>) => (stream: string, event: DomainEvent) => {
  const notice = noticeOf(event)
  if (notice === null) return TE.right(undefined)
  return pipe(
    recipientOf(needs, stream, event),
    TE.chainW((owner) =>
      owner === null
        ? TE.right(undefined)
        : pipe(
            needs.crypto.vault.unseal('email', owner.email),
            TE.bindTo('to'),
            TE.bindW('letter', () => TE.fromTask(writeMail(needs)(notice, { account: owner.accountId }))),
            TE.chainW(({ to, letter }) => needs.mail.send({ to, ...letter }, { account: owner.accountId })),
          ),
    ),
  )
}
