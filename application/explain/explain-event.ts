import { isLeft } from 'fp-ts/lib/Either.js'
import { catalogue, type DomainEvent, isPayloadErased } from '../../domain/catalogue.ts'
import type { Explanation } from '../../domain/kernel/explain/explanation.ts'
import type { UnexplainedReason } from '../../domain/kernel/explain/explanation-names.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { Policies } from '../journal/aggregates.ts'
import type { RecordedEvent } from '../ports/event-store.ts'
import { explainerOf } from './explainers.ts'
import type { LocalStreams } from './local-streams.ts'
import { type PolicyInForce, policyAt } from './policy-at.ts'

/** Revisions, both inclusive. `summary`: of the event that stands for everything before it. */
export type EventsRead = { readonly stream: string; readonly from: number; readonly through: number; readonly summary: number | null }

/** `together`: positions of the events that were appended with it, its own among them. */
export type ExplainedEvent = {
  readonly recorded: RecordedEvent
  readonly event: DomainEvent
  readonly explanation: Explanation<DomainEvent>
  readonly together: readonly { readonly position: number; readonly event: DomainEvent }[]
  readonly read: EventsRead
  readonly policy: PolicyInForce
}

/** More than are ever appended at once: an account with all its roles and claims. */
const ahead = 150

const reader = eventReader(Object.values(catalogue).flat(), upcasters)

const read = (event: RecordedEvent): DomainEvent => {
  const decoded = reader.decode(event)
  if (isLeft(decoded)) throw new Error(`${event.type}@${event.version} cannot be read: ${event.stream} revision ${event.revision}`)
  return decoded.right
}

const unexplained = (event: DomainEvent, because: UnexplainedReason): Explanation<DomainEvent> => {
  return { recorded: [event], agrees: false, because }
}

/**
 * Why the event at a position was recorded, found by the decider that recorded it. Null if there is none, and for key streams. It reads the
 * stream from the newest summary before the event. Throws for an event that cannot be read.
 */
export const explainEvent =
  (log: LocalStreams, today: Policies) =>
  (position: number): ExplainedEvent | null => {
    const recorded = log.at(position)
    if (recorded === undefined) return null
    const { stream, revision } = recorded
    const policy = policyAt(log, position - 1, today)
    const event = read(recorded)
    const explainer = explainerOf(stream, policy.values)
    const alone = { stream, from: revision, through: revision, summary: null }
    const base = { recorded, event, policy, together: [{ position, event }], read: alone }
    if (isPayloadErased(event)) return { ...base, explanation: unexplained(event, 'erased') }
    if (explainer === undefined) return { ...base, explanation: unexplained(event, 'not_decided') }

    const { summary: type } = explainer
    const summary = type === null ? null : (log.newestOfType(stream, type, revision - 1) ?? null)
    const from = summary ?? 0
    const rows = log.events(stream, from, revision + ahead)
    const events = rows.map(read)
    const before = events.slice(0, summary === null ? 0 : 1)
    const index = rows.findIndex((row) => row.revision === revision) - before.length
    const run = events.slice(before.length)
    const through = { stream, from, through: revision, summary }
    if (run.slice(0, index).some(isPayloadErased)) return { ...base, read: through, explanation: unexplained(event, 'erased') }
    const explanation = explainer.explain({ before, run, index })
    const first = run.indexOf(explanation.recorded[0] ?? event) + before.length
    const together = explanation.recorded.map((event, place) => ({ position: rows[first + place]?.position ?? position, event }))
    return { ...base, explanation, together, read: through }
  }
