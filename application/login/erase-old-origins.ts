import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { idInStream, isLoginStream, isSessionStream } from '../../domain/kernel/streams.ts'
import type { Refusal as LoginRefusal } from '../../domain/login/decider.ts'
import { LoginAttempted, LoginSummarized, SignatureAttempted } from '../../domain/login/events.ts'
import { SessionGranted } from '../../domain/session/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { EventStore, PayloadErasure, RecordedEvent, StoreFailure } from '../ports/event-store.ts'

/** What names the network and the browser of a person. */
export type RetainedKind = 'attempts' | 'sessions'

type Stores = Pick<EventStore, 'read' | 'readAll'> & PayloadErasure

/** `retention`: milliseconds. */
type Options = { readonly retention: number; readonly pause: Task<void>; readonly isStopped: () => boolean }

type Failure = StoreFailure | LoginRefusal

/** ISO 8601. */
type Times = { readonly now: string; readonly before: string }

const page = 256
const attemptTypes: readonly string[] = [LoginAttempted.type, SignatureAttempted.type]

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

/** A summary after the newest attempt that is due: one that is there already will do, so that a stream gets one in the time of the retention. */
const summaryAfter = async ({ journal }: Needs<'journal'>, { read }: Stores, stream: string, { last }: Range) => {
  const later = await read(stream, last + 1)()
  if (isLeft(later)) return later
  const summary = later.right.findLast(({ type }) => type === LoginSummarized.type)
  if (summary !== undefined) return right(summary.revision)
  const metadata = { actor: 'system', correlationId: journal.newId(), causationId: null }
  const summarized = await journal.decide(
    streams.login(idInStream(stream) as BlindIndex),
    { type: 'summarize', at: journal.now() },
    metadata,
  )()
  return isLeft(summarized) ? summarized : right(summarized.right.revision)
}

/** Names that nobody has are treated like those that somebody has, so that neither the log nor a cache tells them apart. */
const eraseAttempts = async (needs: Needs<'journal'>, stores: Stores, stream: string, range: Range, { before }: Times) => {
  const summary = await summaryAfter(needs, stores, stream, range)
  if (isLeft(summary)) return summary
  return stores.erasePayloads(stream, { from: range.first, summary: summary.right, recordedBefore: before, types: attemptTypes })()
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
    return [...rangesIn(due)].map(
      ([stream, range]) =>
        () =>
          eraseAttempts(needs, stores, stream, range, times),
    )
  }
  const grants = due.filter(({ stream, type }) => isSessionStream(stream) && type === SessionGranted.type)
  return grants.map(({ stream }) => stores.eraseGrant(stream, { recordedBefore: times.before, expiredBy: times.now }))
}

/** Right: whether all of it is done. */
const inTurn = async (works: ReturnType<typeof worksOf>, { pause, isStopped }: Options): Promise<Either<Failure, boolean>> => {
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
): Promise<Either<Failure, void>> {
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
