import { aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { streams } from '../../../application/journal/streams.ts'
import type { EventStore, RecordedEvent } from '../../../application/ports/event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { accountId, blindIndex } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

export const metadata = { actor: 'system', correlationId: newId(), causationId: null }
const rules = aggregates({
  login: { maxAttempts: 5, lockout: 1, lockoutMax: 1, challengeLifetime: null },
  codes: { maxAttempts: 5, lockout: 1, lockoutMax: 1 },
  identity: { rotation: 1 },
  session: { idle: 1, absolute: 1, elevation: 1, refresh: 1, refreshGrace: 0, maxFailures: 5 },
})
const claimed = streams.emailClaim(blindIndex(1))
export const stream = claimed.name

/** A new process on the log. */
export const node = (store: EventStore) => {
  const { load, decide, decideNew, observe, clear } = openJournal({ store, newId, aggregates: rules })
  const at = later(0)
  return {
    clear,
    observeAll: (events: readonly RecordedEvent[]) => {
      for (const event of events) observe(event)
    },
    begin: (who: number) => decideNew(claimed, { type: 'claim', releases: null, accountId: accountId(who), at }, metadata),
    load: load(claimed),
    loadAdministrators: load(streams.administrators),
    claim: (who: number) => decide(claimed, { type: 'claim', releases: null, accountId: accountId(who), at }, metadata),
    release: (who: number) => decide(claimed, { type: 'release', accountId: accountId(who), because: 'account_erased', at }, metadata),
    add: (who: number) => decide(streams.administrators, { type: 'add', accountId: accountId(who), at }, metadata),
    setUp: (who: number) => decide(streams.administrators, { type: 'completeSetup', accountId: accountId(who), at }, metadata),
  }
}

export const typesIn = async (store: EventStore) => (await succeed(store.readAll(0, 1000))).map(({ type }) => type)
