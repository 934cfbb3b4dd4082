import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { ActiveSession, State } from '../../domain/session/decider.ts'
import type { Factor } from '../../domain/session/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { sealOrigin } from './seal-origin.ts'

export type Transport = 'cookie' | 'bearer'

/** Shown once. A refresh token comes with `bearer` only. */
export type IssuedSession = { readonly session: ActiveSession; readonly token: string; readonly refreshToken: string | null }

/** It names its session, so that a reused token can be told from an invented one. */
export function makeRefreshToken({ crypto }: Needs<'crypto'>, sessionId: SessionId) {
  return `${sessionId}.${crypto.tokens.make()}`
}

export function activeSession(state: State) {
  return state.type === 'active' ? TE.right(state) : TE.left({ type: 'session_not_active' as const })
}

type Grant = {
  readonly accountId: AccountId
  /** The revision of the account that the credentials were checked against. */
  readonly accountRevision: number
  readonly factors: Factor[]
  readonly transport: Transport
}

export const grantSession =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, accountRevision, factors, transport }: Grant, caller: Caller) => {
    const { journal, crypto } = needs
    const sessionId = journal.newId() as SessionId
    const token = crypto.tokens.make()
    const refreshToken = transport === 'bearer' ? makeRefreshToken(needs, sessionId) : null
    const hashes = { tokenHash: crypto.tokens.hash(token), refreshHash: refreshToken === null ? null : crypto.tokens.hash(refreshToken) }
    return pipe(
      sealOrigin(needs)(accountId, caller),
      TE.chainW((origin) => {
        const grant = { type: 'grant' as const, sessionId, accountId, accountRevision, factors, ...hashes, ...origin, at: journal.now() }
        return journal.decideNew(streams.session(sessionId), grant, metadataOf(caller, accountId))
      }),
      TE.chainW(({ state }) => activeSession(state)),
      TE.map((session): IssuedSession => ({ session, token, refreshToken })),
    )
  }
