import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { openedAddress } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { activeSession } from '../sessions/grant-session.ts'
import { hashReplacement, refuseUnchanged } from './check-new-password.ts'
import { checkOwnPassword } from './check-own-password.ts'
import { turnOf } from './hash-turn.ts'

export type PasswordChange = {
  readonly accountId: AccountId
  /** The session that stays. */
  readonly sessionId: SessionId
  readonly currentPassword: string
  readonly newPassword: string
}

/** With a second factor the password alone is not enough: the session must be elevated. */
const elevatedIfEnrolled = ({ journal }: Needs<'journal'>, accountId: AccountId, sessionId: SessionId) =>
  pipe(
    TE.Do,
    TE.bindW('factor', () => journal.load(streams.secondFactor(accountId))),
    TE.bindW('session', () => loadSession(journal, sessionId)),
    TE.filterOrElseW(
      ({ factor, session: { elevatedUntil } }) =>
        factor.state.factor.type === 'none' || (elevatedUntil !== null && journal.now() < elevatedUntil),
      () => ({ type: 'elevation_required' as const }),
    ),
  )

const loadSession = (journal: Needs<'journal'>['journal'], sessionId: SessionId) =>
  pipe(
    journal.load(streams.session(sessionId)),
    TE.chainW(({ state }) => activeSession(state)),
  )

export const changePassword =
  (needs: Needs<'journal' | 'crypto' | 'policy'>) =>
  ({ accountId, sessionId, currentPassword, newPassword }: PasswordChange, caller: Caller) => {
    const { journal, crypto } = needs
    return pipe(
      TE.Do,
      TE.chainFirstW(() => elevatedIfEnrolled(needs, accountId, sessionId)),
      TE.bindW('checked', () =>
        checkOwnPassword(needs)({ accountId, sessionId, password: currentPassword, purpose: 'password_change' }, caller),
      ),
      TE.bindW('email', ({ checked }) => openedAddress(needs, checked.account)),
      TE.chainFirstW(() => refuseUnchanged(newPassword, currentPassword)),
      TE.bindW('hash', ({ email }) =>
        hashReplacement(needs, accountId, { password: newPassword, email: email ?? '', turn: turnOf(caller, accountId) }),
      ),
      TE.bindW('passwordHash', ({ hash }) => crypto.vault.seal(accountId, 'password_hash', hash)),
      // Read after the waits: the session may have been revoked during them.
      TE.bindW('keep', () => loadSession(journal, sessionId)),
      TE.chainW(({ keep, checked, passwordHash }) => {
        const command = { type: 'changePassword' as const, passwordHash, checkedAt: checked.account.revision, keep, at: journal.now() }
        return journal.decide(streams.account(accountId), command, metadataOf(caller, accountId))
      }),
    )
  }
