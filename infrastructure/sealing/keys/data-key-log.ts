import { keyAggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { streams } from '../../../application/journal/streams.ts'
import type { NewId, Now } from '../../../application/ports/clock.ts'
import type { EventStore } from '../../../application/ports/event-store.ts'
import type { Command } from '../../../domain/data-key/decider.ts'

export type DataKeyLogNeeds = { readonly store: EventStore; readonly now: Now; readonly newId: NewId }

/** A deleted key is the failure `stream_deleted`. */
export function dataKeyLog({ store, now, newId }: DataKeyLogNeeds) {
  const { load, decide } = openJournal({ store, newId, aggregates: keyAggregates })
  return {
    load: (person: string) => load(streams.dataKey(person)),
    decide: (person: string, command: Command) =>
      decide(streams.dataKey(person), command, { actor: 'system', correlationId: newId(), causationId: null }),
    now,
  }
}

export type DataKeyLog = ReturnType<typeof dataKeyLog>
