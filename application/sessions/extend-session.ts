import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'

/** The decider ensures that this is rare. */
export const extendSession =
  ({ journal }: Needs<'journal'>) =>
  ({ sessionId, accountId }: { readonly sessionId: SessionId; readonly accountId: AccountId }, caller: Pick<Caller, 'correlationId'>) =>
    journal.decide(streams.session(sessionId), { type: 'extend', at: journal.now() }, metadataOf(caller, accountId))
