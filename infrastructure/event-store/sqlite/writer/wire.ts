import type {
  ErasableGrant,
  ErasablePart,
  ErasureKind,
  ExpectedRevision,
  NewEvent,
  StoreFailure,
} from '../../../../application/ports/event-store.ts'

/** Flat, because that is the fastest to copy between threads: `recordedAt`, then one command after another. */
export type Group = (string | number | null)[]

const append = 0
const deletion = 1
const probing = 2
const erasure = 3
const saving = 4
const grantErasure = 5
const noStream = -1

export function writeAppend(
  group: Group,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
  jsons: readonly string[],
) {
  group.push(append, stream, expected === 'no_stream' ? noStream : expected, events.length)
  for (const [index, event] of events.entries()) {
    const { actor, correlationId, causationId, sessionId = null } = event.metadata
    group.push(event.eventId, event.type, event.version, jsons[index] ?? '', actor, correlationId, causationId, sessionId)
  }
}

export function writeDeletion(group: Group, stream: string) {
  return void group.push(deletion, stream)
}

export function writeProbe(group: Group) {
  return void group.push(probing)
}

export function writeErasure(group: Group, stream: string, { from, summary, recordedBefore, types }: ErasablePart) {
  return void group.push(erasure, stream, from, summary, recordedBefore, types?.join(',') ?? null)
}

export function writeGrantErasure(group: Group, stream: string, { recordedBefore, expiredBy }: ErasableGrant) {
  return void group.push(grantErasure, stream, recordedBefore, expiredBy)
}

export function writeErasedThrough(group: Group, position: number, kind: ErasureKind) {
  return void group.push(saving, position, kind)
}

const typesOf = (types: string | null) => (types === null ? {} : { types: types.split(',') })

export type PackedEvent = {
  readonly eventId: string
  readonly type: string
  readonly version: number
  readonly json: string
  readonly actor: string
  readonly correlationId: string
  readonly causationId: string | null
  readonly sessionId: string | null
}

/** -1 for a stream without events. */
export type Command =
  | { readonly type: 'append'; readonly stream: string; readonly expected: number; readonly events: readonly PackedEvent[] }
  | { readonly type: 'delete'; readonly stream: string }
  | { readonly type: 'probe' }
  | ({ readonly type: 'erase'; readonly stream: string } & ErasablePart)
  | ({ readonly type: 'erase_grant'; readonly stream: string } & ErasableGrant)
  | { readonly type: 'save'; readonly position: number; readonly kind: ErasureKind }

export function readGroup(group: Group): { readonly recordedAt: string; readonly commands: readonly Command[] } {
  let at = 0
  const next = () => group[at++] as never
  const recordedAt: string = next()
  const commands: Command[] = []
  while (at < group.length) {
    const kind: number = next()
    if (kind === probing) {
      commands.push({ type: 'probe' })
      continue
    }
    if (kind === deletion) {
      commands.push({ type: 'delete', stream: next() })
      continue
    }
    if (kind === saving) {
      commands.push({ type: 'save', position: next(), kind: next() })
      continue
    }
    if (kind === erasure) {
      const part = { stream: next(), from: next(), summary: next(), recordedBefore: next() }
      commands.push({ type: 'erase', ...part, ...typesOf(next()) })
      continue
    }
    if (kind === grantErasure) {
      commands.push({ type: 'erase_grant', stream: next(), recordedBefore: next(), expiredBy: next() })
      continue
    }
    const stream: string = next()
    const expected: number = next()
    const events: PackedEvent[] = new Array(next())
    for (let i = 0; i < events.length; i++) {
      events[i] = {
        eventId: next(),
        type: next(),
        version: next(),
        json: next(),
        actor: next(),
        correlationId: next(),
        causationId: next(),
        sessionId: next(),
      }
    }
    commands.push({ type: 'append', stream, expected, events })
  }
  return { recordedAt, commands }
}

/** `repeated`: it was committed before. */
export const outcomes = {
  recorded: 0,
  repeated: 1,
  conflict: 2,
  streamDeleted: 3,
  deleted: 4,
  notCleared: 5,
  probed: 6,
  erased: 7,
  saved: 8,
} as const

/** Outcome, revision and position of each command, or the failure of the whole group. */
export type Answer = number[] | Extract<StoreFailure, { type: 'unavailable' | 'corrupt' }>
