import { isRight } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { catalogue, type DomainEvent } from '../../domain/catalogue.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

const reader = eventReader(Object.values(catalogue).flat(), upcasters)

export type Notify = (stream: string, event: DomainEvent) => Task<unknown>

/** A notice may be sent twice, but must not be lost. */
export async function resendNotices(notify: Notify, events: readonly RecordedEvent[]) {
  for (const recorded of events) {
    const decoded = reader.decode(recorded)
    if (isRight(decoded)) await notify(recorded.stream, decoded.right)()
  }
}
