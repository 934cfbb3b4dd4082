import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Caller } from '../../../application/caller.ts'
import { revokeSession } from '../../../application/sessions/revoke-session.ts'
import type { Actor, SessionId } from '../../../domain/kernel/ids.ts'
import type { RadiusPage } from '../../../projections/blast-radius/blast-radius.ts'
import type { Failure } from '../../refusals.ts'
import { isEndable, type RadiusContext } from './radius-page.ts'

type Ending = {
  readonly because: 'revoked_by_admin' | 'revoked_by_host'
  readonly actor: Actor
  /** The session of whoever asks: they must not lock themselves out in the middle. */
  readonly except: SessionId | null
}

type Ended = { readonly ended: number; readonly kept: number }

/** With each its refresh tokens. Ends at the first failure; what is ended already is not ended again. */
export const endSessions =
  (context: RadiusContext, { sessions }: Pick<RadiusPage, 'sessions'>, { because, actor, except }: Ending) =>
  (caller: Caller) =>
  async (): Promise<Either<Failure, Ended>> => {
    const endable = sessions.filter((radius) => isEndable(context, radius))
    let ended = 0
    for (const { session: sessionId, account: accountId } of endable.filter(({ session }) => session !== except)) {
      const revoked = await revokeSession(context)({ sessionId, accountId, because, actor }, caller)()
      if (isLeft(revoked)) return revoked
      ended += Math.min(revoked.right.events.length, 1)
    }
    return right({ ended, kept: endable.filter(({ session }) => session === except).length })
  }
