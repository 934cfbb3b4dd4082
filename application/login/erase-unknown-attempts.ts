import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { EmailReleased } from '../../domain/email-claim/events.ts'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { categoryOf, idInStream, isLoginStream } from '../../domain/kernel/streams.ts'
import { findLoginOwner } from '../accounts/find-account.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { EventStore, PayloadErasure, RecordedEvent, StoreFailure } from '../ports/event-store.ts'
import { summaryFrom } from './summary-from.ts'

type Stores = Pick<EventStore, 'read' | 'readAll'> & PayloadErasure

type Options = {
  /** Milliseconds. */
  readonly retention: number
  readonly pause: Task<void>
  readonly isStopped: () => boolean
}

const page = 256

/** The first revision of each login stream that is due. Before it stands what was the newest summary, so that goes as well. */
const dueIn = (events: readonly RecordedEvent[]) => {
  const due = new Map<BlindIndex, number>()
  const add = (identifier: BlindIndex, from: number) => due.set(identifier, Math.min(from, due.get(identifier) ?? from))
  for (const { stream, revision, type } of events) {
    const identifier = idInStream(stream) as BlindIndex
    if (isLoginStream(stream)) add(identifier, Math.max(revision - 1, 0))
    // Its older events were left alone, because somebody had the address.
    else if (categoryOf(stream) === 'emailClaim' && type === EmailReleased.type) add(identifier, 0)
  }
  return due
}

/** What a login reads is read for known names too: afterwards the caches must not tell the two apart. */
const eraseName = async (needs: Needs<'journal'>, stores: Stores, identifier: BlindIndex, from: number, recordedBefore: string) => {
  const account = await findLoginOwner(needs)(identifier)()
  if (isLeft(account)) return account
  const attempts = await needs.journal.load(streams.login(identifier))()
  if (isLeft(attempts)) return attempts
  const { revision } = attempts.right
  if (account.right !== null || revision < from || revision === -1) return right(undefined)
  const summary = await summaryFrom(needs, stores, identifier, revision)
  if (isLeft(summary)) return summary
  return stores.erasePayloads(streams.login(identifier).name, { from, summary: summary.right, recordedBefore })()
}

/** Erases in a page what was recorded before that time. Right: the position that it came to, and whether it came to an end. */
const erasePage = async (needs: Needs<'journal'>, stores: Stores, { pause, isStopped }: Options, position: number, before: string) => {
  const events = await stores.readAll(position, page)()
  if (isLeft(events)) return events
  const end = events.right.findIndex(({ recordedAt }) => recordedAt >= before)
  const due = end === -1 ? events.right : events.right.slice(0, end)
  for (const [identifier, from] of dueIn(due)) {
    await pause()
    if (isStopped()) return right({ position, isOver: true })
    const erased = await eraseName(needs, stores, identifier, from, before)
    if (isLeft(erased)) return erased
  }
  return right({ position: due.at(-1)?.position ?? position, isOver: due.length < page })
}

/** Of login events about names that nobody has, older than `retention`. Goes on where it ended; a page that is begun again changes nothing. */
export async function eraseUnknownAttempts(needs: Needs<'journal'>, stores: Stores, options: Options): Promise<Either<StoreFailure, void>> {
  const before = new Date(needs.journal.now() - options.retention).toISOString()
  const start = await stores.erasedThrough('unknown_names')()
  if (isLeft(start)) return start
  for (let position = start.right; ; ) {
    await options.pause()
    const reached = await erasePage(needs, stores, options, position, before)
    if (isLeft(reached)) return reached
    position = reached.right.position
    const saved = await stores.saveErasedThrough(position, 'unknown_names')()
    if (isLeft(saved) || reached.right.isOver) return saved
  }
}
