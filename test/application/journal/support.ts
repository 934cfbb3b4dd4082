import { aggregates } from '../../../application/journal/aggregates.ts'
import { journal } from '../../../application/journal/journal.ts'
import type { EventStore, RecordedEvent } from '../../../application/ports/event-store.ts'
import { administratorsStream, emailClaimStream } from '../../../domain/kernel/streams.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { accountId, blindIndex } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

export const metadata = { actor: 'system', correlationId: newId(), causationId: null }
const { emailClaim, administrators } = aggregates({
  lockout: { maxAttempts: 5, lockout: 1, lockoutMax: 1 },
  codes: { maxAttempts: 5, lockout: 1 },
  session: { idle: 1, absolute: 1, elevation: 1, refresh: 1 },
})
export const stream = emailClaimStream(blindIndex(1))

/** A process of its own on the log. */
export const node = (store: EventStore) => {
  const { load, handle, begin, saw, forget } = journal({ store, newId })
  const at = later(0)
  return {
    forget,
    sawAll: (events: readonly RecordedEvent[]) => {
      for (const event of events) saw(event)
    },
    begin: (who: number) => begin(emailClaim, stream, { type: 'claim', accountId: accountId(who), at }, metadata),
    load: load(emailClaim, stream),
    loadRoster: load(administrators, administratorsStream),
    claim: (who: number) => handle(emailClaim, stream, { type: 'claim', accountId: accountId(who), at }, metadata),
    release: (who: number) =>
      handle(emailClaim, stream, { type: 'release', accountId: accountId(who), because: 'account_erased', at }, metadata),
    join: (who: number) => handle(administrators, administratorsStream, { type: 'add', accountId: accountId(who), at }, metadata),
    setUp: (who: number) =>
      handle(administrators, administratorsStream, { type: 'completeSetup', accountId: accountId(who), at }, metadata),
  }
}

export const typesIn = async (store: EventStore) => (await succeed(store.readAll(0, 1000))).map(({ type }) => type)
