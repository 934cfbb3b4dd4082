import { isLeft, right } from 'fp-ts/lib/Either.js'
import { eventReader } from '../../domain/kernel/reader.ts'
import { sameValue } from '../../domain/kernel/same-value.ts'
import { policyStream } from '../../domain/kernel/streams.ts'
import { policyEvents } from '../../domain/policy/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { Policies } from '../journal/aggregates.ts'
import type { Journal } from '../journal/journal.ts'
import { streams } from '../journal/streams.ts'
import type { NewId, Now } from '../ports/clock.ts'
import type { CommitObserver } from '../ports/commit-observer.ts'
import type { RecordedEvent } from '../ports/event-store.ts'

type Needs = {
  readonly journal: Pick<Journal<'policy'>, 'decide'>
  readonly now: Now
  readonly newId: NewId
  /** Called when another node puts another policy in force later: from then on the log does not say what this one decides by. */
  readonly onOther: () => void
}

const { decode } = eventReader(policyEvents, upcasters)

const policyIn = (event: RecordedEvent) => {
  const decoded = decode(event)
  if (isLeft(decoded)) return null
  const { at: _, ...policy } = decoded.right.data
  return policy
}

/** Records what the deciders of this process decide by, before they decide anything. The observer watches for nodes with another policy. */
export async function putPolicyInForce({ journal, now, newId, onOther }: Needs, policies: Policies) {
  const metadata = { actor: 'system', correlationId: newId(), causationId: null }
  const decided = await journal.decide(streams.policy, { type: 'putInForce', policy: policies, at: now() }, metadata)()
  if (isLeft(decided)) return decided
  const { revision, state } = decided.right
  const isOther = (event: RecordedEvent) =>
    event.stream === policyStream && event.revision > revision && !sameValue(policyIn(event), state.inForce)
  const observer: CommitObserver = {
    observe: (events) => {
      if (events.some(isOther)) onOther()
    },
    clear: () => {},
  }
  return right(observer)
}
