import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { survives } from '../../domain/account/state.ts'
import { SessionId } from '../../domain/kernel/ids.ts'
import type { ActiveSession } from '../../domain/session/decider.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { activeSession, makeRefreshToken } from './grant-session.ts'

const sessionOf = (refreshToken: string) => {
  const id = refreshToken.slice(0, refreshToken.indexOf('.'))
  return SessionId.is(id) ? TE.right(id) : TE.left({ type: 'session_not_active' as const })
}

export const accountBacksSession =
  ({ journal }: Needs<'journal'>) =>
  (session: ActiveSession) =>
    pipe(
      journal.load(streams.account(session.accountId)),
      TE.map(({ state }) => survives(state, session)),
    )

/** A reused refresh token ends the session (RFC 9700, 4.14). */
export const refreshSession = (needs: Needs<'journal' | 'crypto'>) => (refreshToken: string, caller: Caller) => {
  const { journal, crypto } = needs
  const token = crypto.tokens.make()
  return pipe(
    TE.Do,
    TE.bindW('id', () => sessionOf(refreshToken)),
    TE.bindW('session', ({ id }) =>
      pipe(
        journal.load(streams.session(id)),
        TE.chainW(({ state }) => activeSession(state)),
      ),
    ),
    TE.bindW('survives', ({ session }) => accountBacksSession(needs)(session)),
    TE.bindW('next', ({ id }) => TE.right(makeRefreshToken(needs, id))),
    TE.chainW(({ id, session, survives, next }) => {
      const hashes = {
        presented: crypto.tokens.hash(refreshToken),
        tokenHash: crypto.tokens.hash(token),
        refreshHash: crypto.tokens.hash(next),
      }
      const command = { type: 'refresh' as const, ...hashes, survives, at: journal.now() }
      return pipe(
        journal.decide(streams.session(id), command, metadataOf(caller, session.accountId)),
        TE.chainW(({ state }) => activeSession(state)),
        TE.map((renewed) => ({ session: renewed, token, refreshToken: next })),
      )
    }),
  )
}
