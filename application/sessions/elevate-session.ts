import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId, TokenHash } from '../../domain/kernel/ids.ts'
import type { Factor } from '../../domain/session/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { backedSession } from './backed-session.ts'
import { activeSession } from './grant-session.ts'
import { type Proof, proveOwner } from './prove-owner.ts'

/** A token elevates once, because elevation replaces it. */
export type Elevation = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly presented: TokenHash
  readonly proof: Proof
}

type ProofNeeds = Needs<'journal' | 'crypto' | 'policy'>

const elevate = (needs: Needs<'journal' | 'crypto'>, { sessionId, presented }: Elevation, factor: Factor, caller: Caller) => {
  const { journal, crypto } = needs
  const token = crypto.tokens.make()
  return pipe(
    backedSession(needs)(sessionId),
    TE.chainW(({ session, survives }) => {
      const command = { type: 'elevate' as const, presented, tokenHash: crypto.tokens.hash(token), factor, survives, at: journal.now() }
      return journal.decide(streams.session(sessionId), command, metadataOf(caller, session.accountId))
    }),
    TE.chainW(({ state }) => activeSession(state)),
    TE.map((renewed) => ({ session: renewed, token })),
  )
}

export const elevateSession = (needs: ProofNeeds) => (elevation: Elevation, caller: Caller) =>
  pipe(
    proveOwner(needs)({ ...elevation, purpose: 'elevation' }, caller),
    TE.chainW((factor) => elevate(needs, elevation, factor, caller)),
  )
