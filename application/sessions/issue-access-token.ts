import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccessTokenId, SessionId, TokenHash } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { backedSession } from './backed-session.ts'
import { activeSession } from './grant-session.ts'

type Issuance = {
  readonly sessionId: SessionId
  readonly presented: TokenHash
  readonly tokenId: AccessTokenId
  readonly expiresAt: Instant
}

/** Records the token before it is signed. Returns the session as it is at that moment. */
export const issueAccessToken =
  (needs: Needs<'journal'>) =>
  ({ sessionId, ...token }: Issuance, caller: Caller) => {
    const { journal } = needs
    return pipe(
      backedSession(needs)(sessionId),
      TE.chainW(({ session, survives }) => {
        const command = { type: 'issueAccessToken' as const, ...token, survives, at: journal.now() }
        return journal.decide(streams.session(sessionId), command, metadataOf(caller, session.accountId))
      }),
      TE.chainW(({ state }) => activeSession(state)),
    )
  }
