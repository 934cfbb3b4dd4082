import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { survives } from '../../domain/account/state.ts'
import type { SessionId } from '../../domain/kernel/ids.ts'
import type { ActiveSession } from '../../domain/session/decider.ts'
import { isCurrentKey } from '../identities/find-identity.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { activeSession } from './grant-session.ts'

export const accountBacksSession =
  ({ journal }: Needs<'journal'>) =>
  (session: ActiveSession) =>
    pipe(
      TE.Do,
      TE.bind('account', () => journal.load(streams.account(session.accountId))),
      TE.bind('isCurrent', () => isCurrentKey({ journal })(session.key)),
      TE.map(({ account: { state }, isCurrent }) => isCurrent && survives(state, session)),
    )

/** The session if it is active, and whether its account still backs it. */
export const backedSession = (needs: Needs<'journal'>) => (sessionId: SessionId) =>
  pipe(
    needs.journal.load(streams.session(sessionId)),
    TE.chainW(({ state }) => activeSession(state)),
    TE.bindTo('session'),
    TE.bindW('survives', ({ session }) => accountBacksSession(needs)(session)),
  )
