import { isLeft } from 'fp-ts/lib/Either.js'
import type { LocalLog } from '../../application/ports/local-log.ts'
import type { EventReader, StoredEvent } from '../../domain/kernel/reader.ts'

const page = 500

export type Fold<State, Event extends StoredEvent> = {
  readonly initial: State
  readonly evolve: (state: State, event: Event) => State
  readonly reader: EventReader<Event>
}

/** From the first event on, whatever summaries say. Throws for an event that cannot be read. */
export function foldStream<State, Event extends StoredEvent>(
  log: LocalLog,
  stream: string,
  { initial, evolve, reader }: Fold<State, Event>,
): State {
  let state = initial
  for (let from = 0; ; ) {
    const recorded = log.ofStream(stream, from, page)
    for (const { type, version, data, revision, position } of recorded) {
      const decoded = reader.decode({ type, version, data })
      if (isLeft(decoded)) throw new Error(`the event at position ${position} cannot be read: ${stream} revision ${revision}`)
      state = evolve(state, decoded.right)
    }
    if (recorded.length < page) return state
    from = (recorded.at(-1)?.revision ?? 0) + 1
  }
}
