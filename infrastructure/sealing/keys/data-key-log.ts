import { isLeft, right } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventStore, ExpectedRevision, StoreFailure } from '../../../application/ports/event-store.ts'
import type { NewId, Now } from '../../../application/ports/ports.ts'
import { type Command, dataKey, type State } from '../../../domain/data-key/decider.ts'
import { dataKeyEvents } from '../../../domain/data-key/events.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { upcasters } from '../../../domain/upcasters.ts'

export type DataKeyLogNeeds = { readonly store: EventStore; readonly now: Now; readonly newId: NewId }

export type WrappedKey = { readonly state: State; readonly revision: ExpectedRevision }

const reader = eventReader(dataKeyEvents, upcasters)

/** Data keys as they stand in the log, wrapped. A deleted key is the failure `stream_deleted`. */
export function dataKeyLog({ store, now, newId }: DataKeyLogNeeds) {
  const read =
    (person: string): TE.TaskEither<StoreFailure, WrappedKey> =>
    async () => {
      const recorded = await store.read(dataKeyStream(person))()
      if (isLeft(recorded)) return recorded
      let state = dataKey.initial
      let revision: ExpectedRevision = 'no_stream'
      for (const stored of recorded.right) {
        const event = reader.decode(stored)
        if (isLeft(event)) return TE.left({ type: 'corrupt' as const, detail: 'a key stream holds an unreadable event' })()
        state = dataKey.evolve(state, event.right)
        revision = stored.revision
      }
      return right({ state, revision })
    }

  /** `conflict` if somebody was quicker: read again. Answers with the state that is now in the log. */
  const write =
    ({ state, revision }: WrappedKey, person: string, command: Command): TE.TaskEither<StoreFailure, State> =>
    async () => {
      const decision = dataKey.decide(command, state)
      if (isLeft(decision) || decision.right.length === 0) return right(state)
      const id = newId()
      const metadata = { actor: 'system', correlationId: id, causationId: null }
      const events = decision.right.map((event) => ({ ...reader.encode(event), eventId: newId(), metadata }))
      const appended = await store.append(dataKeyStream(person), revision, events)()
      return isLeft(appended) ? appended : right(decision.right.reduce(dataKey.evolve, state))
    }

  return { read, write, now }
}

export type DataKeyLog = ReturnType<typeof dataKeyLog>
