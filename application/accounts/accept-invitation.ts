import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canLogIn, linksRevisionOf, type Registered } from '../../domain/account/state.ts'
import { refuseIfDemoted } from '../administration/refuse-if-demoted.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import { openLinkToken } from '../link-token.ts'
import { beginSession } from '../login/begin-session.ts'
import { unlockLogin } from '../login/unlock-login.ts'
import type { Needs } from '../needs.ts'
import { turnOf } from '../passwords/hash-turn.ts'
import { keepFirstLanguage } from '../preferences/language.ts'
import type { Transport } from '../sessions/grant-session.ts'
import { existingAccount, openedAddress } from './find-account.ts'
import { activeAccount, hashNewPassword } from './register-account.ts'

type AcceptNeeds = Needs<'journal' | 'crypto' | 'policy'>

/** Made up, expired, used, of an account that is gone, or from somebody who no longer is an administrator. */
const voidLink: ReadonlySet<string> = new Set(['link_token_void', 'no_such_account', 'key_shredded'])

const linkVoid = () => ({ type: 'link_token_void' as const })

const invited = (needs: AcceptNeeds, token: string) =>
  pipe(
    openLinkToken(needs, 'invitation', token),
    TE.bindTo('opened'),
    TE.bindW('account', ({ opened }) => existingAccount(needs)(opened.person)),
    TE.filterOrElseW(
      ({ account, opened }) => account.type === 'active' && !canLogIn(account) && linksRevisionOf(account) === opened.content.linksRevision,
      linkVoid,
    ),
    TE.chainFirstW(({ opened: { content } }) =>
      pipe(
        content.by === null ? TE.right(undefined) : refuseIfDemoted(needs, content.by),
        TE.mapLeft((failure) => (failure.type === 'not_an_administrator' ? linkVoid() : failure)),
      ),
    ),
    TE.map(({ account }) => account),
  )

const choose = (needs: AcceptNeeds, account: Registered, password: string, caller: Caller) => {
  const { journal, crypto } = needs
  const { accountId } = account
  return pipe(
    openedAddress(needs, account),
    TE.chainW((email) => hashNewPassword(needs, { password, email: email ?? '', turn: turnOf(caller, accountId) })),
    TE.chainW((hash) => crypto.vault.seal(accountId, 'password_hash', hash)),
    TE.chainW((passwordHash) => {
      const command = { type: 'acceptInvitation' as const, passwordHash, linksRevision: linksRevisionOf(account), at: journal.now() }
      return journal.decide(streams.account(accountId), command, metadataOf(caller, accountId))
    }),
    TE.chainW(activeAccount),
  )
}

type Acceptance = { readonly token: string; readonly password: string; readonly transport: Transport }

/** The stream of the account accepts one use. What strangers guessed before does not keep the owner of the mailbox out. */
export const acceptInvitation =
  (needs: AcceptNeeds) =>
  ({ token, password, transport }: Acceptance, caller: Caller) =>
    pipe(
      invited(needs, token),
      TE.chainW((account) => choose(needs, account, password, caller)),
      TE.chainFirstTaskK((account) => unlockLogin(needs)(account, caller)),
      TE.chainFirstTaskK(({ accountId }) => keepFirstLanguage(needs)({ accountId, language: caller.language, actor: accountId }, caller)),
      TE.chainW((account) => beginSession(needs)(account, transport, caller)),
      TE.orElseFirstIOK((failure) => () => {
        if (voidLink.has(failure.type)) needs.journal.countRefusedGuess('invitation_link', caller)
      }),
    )
