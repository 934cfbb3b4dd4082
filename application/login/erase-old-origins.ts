import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { idInStream, isLoginStream, isSessionStream } from '../../domain/kernel/streams.ts'
import { SessionGranted } from '../../domain/session/events.ts'
import type { Needs } from '../needs.ts'
import type { EventStore, PayloadErasure, RecordedEvent, StoreFailure } from '../ports/event-store.ts'
import { attemptTypes, eraseOrigins } from './erase-origins.ts'

/** What names the network and the browser of a person. */
export type RetainedKind = 'attempts' | 'sessions'

type Stores = Pick<EventStore, 'read' | 'readAll'> & PayloadErasure

/** `retention`: milliseconds. */
type Options = { readonly retention: number; readonly pause: Task<void>; readonly isStopped: () => boolean }

/** ISO 8601. */
type Times = { readonly now: string; readonly before: string }

const page = 256

type Range = { readonly first: number; readonly last: number }

const rangesIn = (events: readonly RecordedEvent[]) => {
  const ranges = new Map<string, Range>()
  for (const { stream, revision, type } of events) {
    if (!isLoginStream(stream) || !attemptTypes.includes(type)) continue
    const first = ranges.get(stream)?.first ?? revision
    ranges.set(stream, { first, last: revision })
  }
  return ranges
}

const isLive = ({ stream, type, data }: RecordedEvent, now: string) =>
  isSessionStream(stream) && type === SessionGranted.type && String(Object(data).expiresAt) > now

/** What is due of a page, up to the first session that has not expired: its grant is still needed. */
const dueOf = (kind: RetainedKind, events: readonly RecordedEvent[], { now, before }: Times) => {
  const end = events.findIndex((event) => event.recordedAt >= before || (kind === 'sessions' && isLive(event, now)))
  return end === -1 ? events : events.slice(0, end)
}

const worksOf = (needs: Needs<'journal'>, stores: Stores, kind: RetainedKind, due: readonly RecordedEvent[], times: Times) => {
  if (kind === 'attempts') {
    // Names that nobody has are treated like those that somebody has, so that neither the log nor a cache tells them apart.
    return [...rangesIn(due)].map(([stream, { first, last }]) => {
      const part = { from: first, end: last + 1, recordedBefore: times.before }
      return () => eraseOrigins(needs, stores, idInStream(stream) as BlindIndex, part)
    })
  }
  const grants = due.filter(({ stream, type }) => isSessionStream(stream) && type === SessionGranted.type)
  return grants.map(({ stream }) => stores.eraseGrant(stream, { recordedBefore: times.before, expiredBy: times.now }))
}

/** Right: whether all of it is done. */
const inTurn = async (works: ReturnType<typeof worksOf>, { pause, isStopped }: Options): Promise<Either<StoreFailure, boolean>> => {
  for (const work of works) {
    await pause()
    if (isStopped()) return right(false)
    const done = await work()
    if (isLeft(done)) return done
  }
  return right(true)
}

/** Goes on where it ended; a page that is begun again changes nothing. */
export async function eraseOldOrigins(
  needs: Needs<'journal'>,
  stores: Stores,
  kind: RetainedKind,
  options: Options,
): Promise<Either<StoreFailure, void>> {
  const now = needs.journal.now()
  const times = { now: new Date(now).toISOString(), before: new Date(now - options.retention).toISOString() }
  const start = await stores.erasedThrough(kind)()
  if (isLeft(start)) return start
  for (let position = start.right; ; ) {
    const events = await stores.readAll(position, page)()
    if (isLeft(events)) return events
    const due = dueOf(kind, events.right, times)
    const done = await inTurn(worksOf(needs, stores, kind, due, times), options)
    if (isLeft(done)) return done
    if (!done.right) return right(undefined)
    position = due.at(-1)?.position ?? position
    const saved = await stores.saveErasedThrough(position, kind)()
    if (isLeft(saved) || due.length < page) return saved
  }
}
