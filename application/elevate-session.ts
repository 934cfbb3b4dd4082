import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { SessionId, TokenHash } from '../domain/kernel/ids.ts'
import { sessionStream } from '../domain/kernel/streams.ts'
import { type Caller, metadataOf } from './caller.ts'
import { checkOwnPassword } from './check-own-password.ts'
import type { Needs } from './dependencies.ts'
import { liveSession } from './grant-session.ts'
import { accountStandsBehind } from './refresh-session.ts'

/** The session that asks, and the token that it asked with: a token elevates once, because elevation replaces it. */
export type Elevation = { readonly sessionId: SessionId; readonly presented: TokenHash; readonly password: string }

export const elevateSession =
  (needs: Needs<'load' | 'handle' | 'aggregates' | 'now' | 'newId' | 'vault' | 'hasher' | 'noteRefusal' | 'tokens'>) =>
  ({ sessionId, presented, password }: Elevation, caller: Caller) => {
    const { load, handle, aggregates, now, tokens } = needs
    const token = tokens.make()
    const stream = sessionStream(sessionId)
    return pipe(
      TE.Do,
      TE.bindW('live', () =>
        pipe(
          load(aggregates.session, stream),
          TE.chainW(({ state }) => liveSession(state)),
        ),
      ),
      TE.chainFirstW(({ live }) => checkOwnPassword(needs)(live.accountId, password, 'elevation', caller)),
      TE.bindW('survives', ({ live }) => accountStandsBehind(needs)(live)),
      TE.chainW(({ live, survives }) => {
        const command = { do: 'elevate' as const, presented, tokenHash: tokens.hash(token), factor: 'pwd' as const, survives, at: now() }
        return handle(aggregates.session, stream, command, metadataOf(caller, live.accountId))
      }),
      TE.chainW(({ state }) => liveSession(state)),
      TE.map((session) => ({ session, token })),
    )
  }
