import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { survives } from '../../domain/account/state.ts'
import { SessionId } from '../../domain/kernel/ids.ts'
import { accountStream, sessionStream } from '../../domain/kernel/streams.ts'
import type { Live } from '../../domain/session/decider.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'
import { liveSession, makeRefreshToken } from './grant-session.ts'

/** `<session id>.<secret>`, as `makeRefreshToken` makes them. */
const sessionOf = (refreshToken: string) => {
  const id = refreshToken.slice(0, refreshToken.indexOf('.'))
  return SessionId.is(id) ? TE.right(id) : TE.left({ type: 'session_not_live' as const })
}

/** Whether the account still stands behind a live session, as of now. */
export const accountStandsBehind =
  ({ load, aggregates }: Needs<'load' | 'aggregates'>) =>
  (session: Live) =>
    pipe(
      load(aggregates.account, accountStream(session.accountId)),
      TE.map(({ state }) => survives(state, session)),
    )

/** A new token and a new refresh token for a refresh token; a spent one ends the session (RFC 9700, 4.14). */
export const refreshSession =
  (needs: Needs<'load' | 'handle' | 'aggregates' | 'now' | 'tokens'>) => (refreshToken: string, caller: Caller) => {
    const { load, handle, aggregates, now, tokens } = needs
    const token = tokens.make()
    return pipe(
      TE.Do,
      TE.bindW('id', () => sessionOf(refreshToken)),
      TE.bindW('live', ({ id }) =>
        pipe(
          load(aggregates.session, sessionStream(id)),
          TE.chainW(({ state }) => liveSession(state)),
        ),
      ),
      TE.bindW('survives', ({ live }) => accountStandsBehind(needs)(live)),
      TE.bindW('next', ({ id }) => TE.right(makeRefreshToken(needs, id))),
      TE.chainW(({ id, live, survives, next }) => {
        const hashes = { presented: tokens.hash(refreshToken), tokenHash: tokens.hash(token), refreshHash: tokens.hash(next) }
        const command = { type: 'refresh' as const, ...hashes, survives, at: now() }
        return pipe(
          handle(aggregates.session, sessionStream(id), command, metadataOf(caller, live.accountId)),
          TE.chainW(({ state }) => liveSession(state)),
          TE.map((session) => ({ session, token, refreshToken: next })),
        )
      }),
    )
  }
