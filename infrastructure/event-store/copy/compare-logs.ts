import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import { type CopyFailure, different, sourceFailed, targetFailed } from './copy-failure.ts'
import type { CopySource } from './copyable-log.ts'
import { isSameEvent } from './same-event.ts'

/** The last event that both logs have; position 0 is before the first. */
export type Mark = { readonly position: number; readonly recordedAt: string | null }

/** The number of events that are equal, and the last ones of them. */
export type CopyStatus = { readonly events: number; readonly source: Mark; readonly target: Mark }

export const copyPage = 512

const atTheStart: CopyStatus = {
  events: 0,
  source: { position: 0, recordedAt: null },
  target: { position: 0, recordedAt: null },
}

const markOf = (event: RecordedEvent | undefined, otherwise: Mark): Mark =>
  event === undefined ? otherwise : { position: event.position, recordedAt: event.recordedAt }

export function compared(
  standing: CopyStatus,
  originals: readonly RecordedEvent[],
  copies: readonly RecordedEvent[],
): Either<CopyFailure, CopyStatus> {
  const differing = copies.findIndex((copy, index) => !isSameEvent(copy, originals[index]))
  if (differing !== -1) return different(standing.events + differing)
  return right({
    events: standing.events + copies.length,
    source: markOf(originals[copies.length - 1], standing.source),
    target: markOf(copies.at(-1), standing.target),
  })
}

/** Skips streams that were deleted in the source after they were copied. */
export async function compareLogs(
  from: CopySource,
  to: CopySource,
  deleted: ReadonlySet<string>,
  progress: (standing: CopyStatus) => void,
): Promise<Either<CopyFailure, CopyStatus>> {
  let standing = atTheStart
  let seen = 0
  for (;;) {
    const there = await to.readAll(seen, copyPage)()
    if (isLeft(there)) return targetFailed(there.left)
    const last = there.right.at(-1)
    if (last === undefined) return right(standing)
    const copies = there.right.filter(({ stream }) => !deleted.has(stream))
    const here = await from.readAll(standing.source.position, copies.length)()
    if (isLeft(here)) return sourceFailed(here.left)
    const next = compared(standing, here.right, copies)
    if (isLeft(next)) return next
    standing = next.right
    seen = last.position
    progress(standing)
  }
}
