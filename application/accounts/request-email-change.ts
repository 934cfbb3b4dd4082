import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EmailAddress } from '../../domain/account/email-address.ts'
import { linksRevisionOf, type State } from '../../domain/account/state.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { sealLinkToken } from '../link-token.ts'
import type { Needs } from '../needs.ts'
import { sendPaced } from '../notifications/send-paced.ts'
import { writeMail } from '../notifications/write-mail.ts'
import type { StoreFailure } from '../ports/event-store.ts'
import type { Undeliverable } from '../ports/mail.ts'
import type { KeyShredded } from '../ports/vault.ts'
import { activeSession } from '../sessions/grant-session.ts'
import { type Proof, proveOwner, type Unproved } from '../sessions/prove-owner.ts'
import { findAccountByEmail } from './find-account.ts'

/** Milliseconds. */
const lifetime = 86_400_000

type Owner = { readonly accountId: AccountId; readonly sessionId: SessionId }

const loadSession = ({ journal }: Needs<'journal'>, sessionId: SessionId) =>
  pipe(
    journal.load(streams.session(sessionId)),
    TE.chainW(({ state }) => activeSession(state)),
  )

type Unelevated = StoreFailure | { type: 'session_not_active' } | { type: 'elevation_required' }

const elevated = (needs: Needs<'journal'>, { sessionId }: Owner): TE.TaskEither<Unelevated, void> =>
  pipe(
    loadSession(needs, sessionId),
    TE.filterOrElseW(
      ({ elevatedUntil }) => elevatedUntil !== null && needs.journal.now() < elevatedUntil,
      () => ({ type: 'elevation_required' as const }),
    ),
    TE.map(() => undefined),
  )

const prove = (
  needs: Needs<'journal' | 'crypto' | 'policy'>,
  owner: Owner,
  proof: Proof | null,
  caller: Caller,
): TE.TaskEither<Unproved | Unelevated, void> =>
  proof === null
    ? elevated(needs, owner)
    : pipe(
        proveOwner(needs)({ ...owner, proof, purpose: 'email_change' }, caller),
        TE.map(() => undefined),
      )

/** Records the same for every address. `proof` is null in an elevated session. */
export const requestEmailChange =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ proof, ...owner }: Owner & { readonly proof: Proof | null }, caller: Caller) => {
    const { journal } = needs
    const { accountId, sessionId } = owner
    return pipe(
      prove(needs, owner, proof, caller),
      TE.chainW(() => loadSession(needs, sessionId)),
      TE.chainW((by) =>
        journal.decide(streams.account(accountId), { type: 'requestEmailChange', by, at: journal.now() }, metadataOf(caller, accountId)),
      ),
      TE.map(({ state }) => state),
    )
  }

type MailFailure = StoreFailure | KeyShredded | Undeliverable | { type: 'mailed_recently' } | { type: 'nothing_to_send' }

/** Only the owner of the mailbox learns whether the address is taken. The own address gets a link too, which proves it. */
export const mailEmailChange =
  (needs: Needs<'journal' | 'crypto' | 'mail'>) =>
  (account: State, to: EmailAddress, caller: Caller): TE.TaskEither<MailFailure, void> => {
    const { crypto, mail } = needs
    const index = crypto.indexEmail(to)
    if (account.type !== 'active') return TE.left({ type: 'nothing_to_send' })
    const { accountId } = account
    return pipe(
      TE.Do,
      TE.bindW('holder', () => findAccountByEmail(needs)(index)),
      TE.bindW('token', () => sealLinkToken(needs, accountId, 'email', { email: to, linksRevision: linksRevisionOf(account) }, lifetime)),
      TE.chainTaskK(({ holder, token }) =>
        holder === null || holder.accountId === accountId
          ? writeMail(needs)({ kind: 'emailChange', content: { link: mail.link('email', token) } }, { account: accountId })
          : writeMail(needs)({ kind: 'emailTaken', content: {} }, { account: holder.accountId }),
      ),
      TE.map((letter) => ({ to, ...letter })),
      sendPaced(needs)('email', index, caller),
    )
  }
