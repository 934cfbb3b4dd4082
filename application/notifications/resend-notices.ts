import { isRight } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { AccountCreated } from '../../domain/account/events.ts'
import { catalogue, type DomainEvent } from '../../domain/catalogue.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

const reader = eventReader(Object.values(catalogue).flat(), upcasters)

export type Notify = (stream: string, event: DomainEvent) => Task<unknown>

const appendOf = ({ stream, metadata }: RecordedEvent) => `${stream} ${metadata.correlationId}`

/** A notice may be sent twice, but must not be lost. */
export async function resendNotices(notify: Notify, events: readonly RecordedEvent[]) {
  const creations = new Set(events.filter(({ type }) => type === AccountCreated.type).map(appendOf))
  for (const recorded of events) {
    const decoded = reader.decode(recorded)
    if (isRight(decoded) && !creations.has(appendOf(recorded))) await notify(recorded.stream, decoded.right)()
  }
}
