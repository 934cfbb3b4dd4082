import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { backedSession } from './backed-session.ts'
import { activeSession } from './grant-session.ts'
import { refreshTokens } from './refresh-token.ts'

/** A reused refresh token ends the session (RFC 9700, 4.14). */
export const refreshSession = (needs: Needs<'journal' | 'crypto'>) => (refreshToken: string, caller: Caller) => {
  const { journal, crypto } = needs
  const { read, successors } = refreshTokens(needs)
  const token = read(refreshToken)
  const isMadeHere = token !== null && token.counter !== null
  return pipe(
    TE.fromNullable({ type: 'session_not_active' as const })(token),
    TE.bindTo('presented'),
    TE.bindW('backed', ({ presented }) => backedSession(needs)(presented.sessionId)),
    TE.chainW(({ presented, backed: { session, survives } }) => {
      const next = successors(refreshToken, presented)
      const command = {
        type: 'refresh' as const,
        presented: crypto.tokens.hash(refreshToken),
        counter: presented.counter,
        tokenHash: crypto.tokens.hash(next.token),
        refreshHash: crypto.tokens.hash(next.refreshToken),
        survives,
        at: journal.now(),
      }
      return pipe(
        journal.decide(streams.session(presented.sessionId), command, metadataOf(caller, session.accountId)),
        TE.chainW(({ state }) => activeSession(state)),
        TE.map((renewed) => ({ session: renewed, ...next })),
      )
    }),
    TE.orElseFirstIOK(({ type }) => () => {
      if (type === 'session_not_active' && !isMadeHere) journal.countRefusedGuess('refresh_token', caller)
    }),
  )
}
