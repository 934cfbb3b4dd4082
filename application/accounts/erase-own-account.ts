import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Caller } from '../caller.ts'
import type { Needs } from '../needs.ts'
import { writeMail } from '../notifications/write-mail.ts'
import { chosenLanguage } from '../preferences/language.ts'
import { backedSession } from '../sessions/backed-session.ts'
import { type Proof, proveOwner } from '../sessions/prove-owner.ts'
import { eraseAccount } from './erase-account.ts'
import { findAccount, openedAddress } from './find-account.ts'

type OwnErasure = { readonly accountId: AccountId; readonly sessionId: SessionId; readonly proof: Proof }

const ended = { type: 'session_ended' as const }

const openedEmail = (needs: Needs<'journal' | 'crypto'>, accountId: AccountId) =>
  pipe(
    findAccount(needs)(accountId),
    TE.chainW(TE.fromNullable(ended)),
    TE.chainW((account) => openedAddress(needs, account)),
  )

/** The session may have been ended while the proof was checked. Looked up before anything happens, and decided again with the erasure. */
const unlessEnded = (needs: Needs<'journal'>, sessionId: SessionId) =>
  pipe(
    backedSession(needs)(sessionId),
    TE.filterOrElseW(
      ({ survives }) => survives,
      () => ended,
    ),
    TE.map(({ session }) => session),
  )

/** No reason to refuse an erasure. */
const languageOf = (needs: Needs<'journal' | 'crypto'>, accountId: AccountId) =>
  pipe(
    chosenLanguage(needs)(accountId),
    TE.orElseW(() => TE.right(null)),
  )

/** Returns what sends the last notice to the owner, if there is an address: afterwards nobody can open it. Nobody waits for it. */
export const eraseOwnAccount =
  (needs: Needs<'journal' | 'crypto' | 'mail' | 'policy'>) =>
  ({ accountId, sessionId, proof }: OwnErasure, caller: Caller) =>
    pipe(
      openedEmail(needs, accountId),
      TE.bindTo('to'),
      TE.bindW('language', () => languageOf(needs, accountId)),
      TE.chainFirstW(() => proveOwner(needs)({ accountId, sessionId, proof, purpose: 'erasure' }, caller)),
      TE.chainFirstW(() =>
        pipe(
          unlessEnded(needs, sessionId),
          TE.chainW((by) => eraseAccount(needs)({ accountId, because: 'requested_by_owner', actor: accountId, by }, caller)),
        ),
      ),
      TE.map(({ to, language }) => {
        if (to === null) return TE.right(undefined)
        const at = new Date(needs.journal.now())
        return pipe(
          TE.fromTask(writeMail(needs)({ kind: 'accountErased', content: { at } }, { language })),
          TE.chain((letter) => needs.mail.send({ to, ...letter }, { account: accountId })),
        )
      }),
    )
