import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { right } from 'fp-ts/lib/Either.js'
import type { RecordedEvent } from '../../../../application/ports/event-store.ts'
import { isKeyStream } from '../../../../domain/kernel/streams.ts'
import type { CopySource } from '../../../../infrastructure/event-store/copy/copyable-log.ts'
import { newEvents, newKeyStream, newStream } from '../../../contract/event-store/support.ts'

/** A source log in memory. A test can append to it during the copy. */
export type WrittenLog = CopySource & {
  readonly events: RecordedEvent[]
  readonly deleted: string[]
  readonly append: (stream: string, count?: number) => void
  readonly shred: (stream: string) => void
}

export const writtenLog = (): WrittenLog => {
  const events: RecordedEvent[] = []
  const deleted: string[] = []
  const revisions = new Map<string, number>()
  let position = 0
  const drop = (stream: string) => {
    for (let at = events.length - 1; at >= 0; at--) if (events[at]?.stream === stream) events.splice(at, 1)
  }
  const append = (stream: string, count = 1) => {
    for (const event of newEvents(count)) {
      const revision = (revisions.get(stream) ?? -1) + 1
      revisions.set(stream, revision)
      position += 1
      if (isKeyStream(stream)) drop(stream)
      const causationId = position % 3 === 0 ? randomUUID() : null
      const session = position % 4 === 0 ? { sessionId: randomUUID() } : {}
      const metadata = { actor: position % 2 === 0 ? 'system' : randomUUID(), correlationId: randomUUID(), causationId, ...session }
      const data = { ...(event.data as object), text: `${'é'.repeat(position % 5)}\u2028"`, zero: 0.1, none: null, list: [[], {}] }
      events.push({ ...event, data, metadata, stream, revision, position, recordedAt: '2026-06-01T12:00:00.000Z' })
    }
  }
  const shred = (stream: string) => {
    drop(stream)
    deleted.push(stream)
    position += 1
  }
  return {
    events,
    deleted,
    append,
    shred,
    readAll: (after, limit) => async () => right(events.filter((event) => event.position > after).slice(0, limit)),
    head: () => async () => right(events.at(-1)?.position ?? 0),
    deletedKeyStreams: () => async () => right([...deleted]),
  }
}

/** Interleaved streams, some of them key streams, with one or several events per append. Some keys are deleted. */
export const anyLog = fc
  .array(fc.record({ stream: fc.nat({ max: 7 }), count: fc.integer({ min: 1, max: 4 }), shred: fc.boolean() }), {
    minLength: 5,
    maxLength: 25,
  })
  .map((steps) => {
    const log = writtenLog()
    const names = Array.from({ length: 8 }, (_, index) => (index < 4 ? newStream() : newKeyStream()))
    for (const { stream, count, shred } of steps) {
      const name = names[stream] ?? ''
      if (log.deleted.includes(name)) continue
      if (shred && isKeyStream(name)) log.shred(name)
      else log.append(name, count)
    }
    return log
  })
