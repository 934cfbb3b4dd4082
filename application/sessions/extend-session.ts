import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { sessionStream } from '../../domain/kernel/streams.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Needs } from '../dependencies.ts'

/** Moves the idle expiry of a session in use; the decider sees to it that this is rare. */
export const extendSession =
  ({ handle, aggregates, now }: Needs<'handle' | 'aggregates' | 'now'>) =>
  (sessionId: SessionId, accountId: AccountId, caller: Pick<Caller, 'correlationId'>) =>
    handle(aggregates.session, sessionStream(sessionId), { type: 'extend', at: now() }, metadataOf(caller, accountId))
