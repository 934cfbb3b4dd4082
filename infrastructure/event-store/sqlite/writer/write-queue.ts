import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type {
  Appended,
  ErasableGrant,
  ErasablePart,
  ErasureKind,
  ExpectedRevision,
  NewEvent,
  RecordedEvent,
  StoreFailure,
} from '../../../../application/ports/event-store.ts'
import {
  type Answer,
  type Group,
  outcomes,
  writeAppend,
  writeDeletion,
  writeErasedThrough,
  writeErasure,
  writeGrantErasure,
  writeProbe,
} from './wire.ts'

type Done = (result: Either<StoreFailure, Appended>) => void
type AppendRequest = {
  readonly type: 'append'
  stream: string
  expected: ExpectedRevision
  events: readonly NewEvent[]
  jsons: readonly string[]
  done: Done
}
type DeleteRequest = { readonly type: 'delete'; stream: string; done: Done }
type ProbeRequest = { readonly type: 'probe'; stream: ''; done: Done }
type EraseRequest = { readonly type: 'erase'; stream: string; part: ErasablePart; done: Done }
type EraseGrantRequest = { readonly type: 'erase_grant'; stream: string; grant: ErasableGrant; done: Done }
type SaveRequest = { readonly type: 'save'; stream: ''; position: number; kind: ErasureKind; done: Done }
export type Request = AppendRequest | DeleteRequest | ProbeRequest | EraseRequest | EraseGrantRequest | SaveRequest

// Later requests wait for the next group, so that no transaction grows without end.
const largestGroup = 1_024

const notCleared: StoreFailure = {
  type: 'unavailable',
  detail: 'a reader keeps bytes that were deleted in the write-ahead log: try again',
}

const write = (group: Group, request: Request) => {
  switch (request.type) {
    case 'append':
      return writeAppend(group, request.stream, request.expected, request.events, request.jsons)
    case 'delete':
      return writeDeletion(group, request.stream)
    case 'probe':
      return writeProbe(group)
    case 'erase':
      return writeErasure(group, request.stream, request.part)
    case 'save':
      return writeErasedThrough(group, request.position, request.kind)
    case 'erase_grant':
      return writeGrantErasure(group, request.stream, request.grant)
  }
}

/** An erasure has a transaction of its own: what goes wrong with old events must not refuse new ones. */
const nextGroup = (waiting: readonly Request[]) => {
  const erasure = waiting.findIndex(({ type }) => type === 'erase' || type === 'erase_grant')
  if (erasure === 0) return 1
  return erasure === -1 ? largestGroup : Math.min(erasure, largestGroup)
}

const resultOf = ({ stream }: Request, outcome: number, revision: number, position: number): Either<StoreFailure, Appended> => {
  if (outcome === outcomes.conflict) return left({ type: 'conflict', stream })
  if (outcome === outcomes.streamDeleted) return left({ type: 'stream_deleted', stream })
  if (outcome === outcomes.notCleared) return left(notCleared)
  return right({ revision, position })
}

const recordedOf = ({ stream, events }: AppendRequest, revision: number, position: number, recordedAt: string): RecordedEvent[] =>
  events.map((event, index) => {
    const before = events.length - 1 - index
    return { ...event, stream, revision: revision - before, position: position - before, recordedAt }
  })

export type WriteQueue = {
  readonly push: (request: Request) => void
  readonly answer: (answer: Answer) => void
  readonly fail: (failure: StoreFailure) => void
  /** Settles when all that was taken is answered. */
  readonly drain: (failure: StoreFailure) => Promise<void>
}

/** Requests that arrive while a group is written form the next one. `nextTick` runs after the promises of all callers of this turn. */
export function writeQueue(
  send: (group: Group) => void,
  now: () => number,
  committed: (events: readonly RecordedEvent[]) => void,
): WriteQueue {
  let waiting: Request[] = []
  let out: readonly Request[] = []
  let recordedAt = ''
  let scheduled = false
  let refusal: StoreFailure | null = null
  let drained = () => {}

  const flush = () => {
    scheduled = false
    if (out.length > 0) return
    if (waiting.length === 0) return drained()
    const size = nextGroup(waiting)
    out = waiting.slice(0, size)
    waiting = waiting.slice(size)
    recordedAt = new Date(now()).toISOString()
    const group: Group = [recordedAt]
    for (const request of out) write(group, request)
    send(group)
  }

  const schedule = () => {
    if (scheduled || out.length > 0) return
    scheduled = true
    process.nextTick(flush)
  }

  const push = (request: Request) => {
    if (refusal !== null) return request.done(left(refusal))
    waiting.push(request)
    schedule()
  }

  const settle = (answered: readonly Request[], answer: Answer) => {
    if (!Array.isArray(answer)) {
      for (const request of answered) request.done(left(answer))
      return
    }
    const at = (index: number) => [answer[index * 3] ?? 0, answer[index * 3 + 1] ?? 0, answer[index * 3 + 2] ?? 0] as const
    const recorded = answered.flatMap((request, index) => {
      const [outcome, revision, position] = at(index)
      return request.type === 'append' && outcome === outcomes.recorded ? recordedOf(request, revision, position, recordedAt) : []
    })
    try {
      if (recorded.length > 0) committed(recorded)
    } finally {
      for (const [index, request] of answered.entries()) request.done(resultOf(request, ...at(index)))
    }
  }

  return {
    push,
    answer: (answer) => {
      const answered = out
      out = []
      schedule()
      settle(answered, answer)
    },
    fail: (failure) => {
      refusal = failure
      const lost = [...out, ...waiting]
      out = []
      waiting = []
      for (const request of lost) request.done(left(failure))
      drained()
    },
    drain: (failure) => {
      refusal = failure
      const settled = new Promise<void>((resolve) => (drained = resolve))
      schedule()
      return settled
    },
  }
}
