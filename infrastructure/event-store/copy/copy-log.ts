import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { type CopyStatus, compared, compareLogs, copyPage } from './compare-logs.ts'
import { type CopyFailure, different, sourceFailed, targetFailed } from './copy-failure.ts'
import type { CopySource, CopyTarget } from './copyable-log.ts'
import { deletions } from './deletions.ts'
import { writeEvents } from './write-events.ts'

export type CopyProgress = {
  readonly type: 'comparing' | 'copying'
  readonly events: number
  readonly position: number
}

export type OnProgress = ((progress: CopyProgress) => void) | undefined

export const comparingProgress =
  (onProgress: OnProgress) =>
  ({ events, source }: CopyStatus) =>
    onProgress?.({ type: 'comparing', events, position: source.position })

export type CopyLog = {
  readonly from: CopySource
  readonly to: CopyTarget
  readonly progress?: OnProgress
}

/** `found`: equal events that were in the target before. */
export type Copied = { readonly found: number; readonly standing: CopyStatus }

const copyNext = async ({ from, to }: CopyLog, standing: CopyStatus): Promise<Either<CopyFailure, CopyStatus | 'at_end' | 'moved'>> => {
  const here = await from.readAll(standing.source.position, copyPage)()
  if (isLeft(here)) return sourceFailed(here.left)
  if (here.right.length === 0) return right('at_end')
  const written = await writeEvents(to, here.right)
  if (isLeft(written)) {
    if (written.left.type === 'conflict') return right('moved')
    return written.left.type === 'stream_deleted' ? different(standing.events) : targetFailed(written.left)
  }
  const there = await to.readAll(standing.target.position, copyPage)()
  if (isLeft(there)) return targetFailed(there.left)
  const next = compared(standing, here.right, there.right)
  return isLeft(next) || there.right.length === here.right.length ? next : different(next.right.events)
}

/** `moved`: events of an earlier run were committed only now, or somebody else writes, so compare again. */
type Outcome = { readonly type: 'at_end' | 'moved'; readonly standing: CopyStatus }

const copyRest = async (copy: CopyLog, start: CopyStatus): Promise<Either<CopyFailure, Outcome>> => {
  for (let standing = start; ; ) {
    const next = await copyNext(copy, standing)
    if (isLeft(next)) return next
    if (typeof next.right === 'string') return right({ type: next.right, standing })
    standing = next.right
    copy.progress?.({ type: 'copying', events: standing.events, position: standing.source.position })
  }
}

/** Copies events in order. Positions and recording times are the target's own. It can be interrupted and run again. */
export async function copyLog(copy: CopyLog): Promise<Either<CopyFailure, Copied>> {
  const { from, to } = copy
  const names = await deletions(from, to)
  if (isLeft(names)) return names
  let found = await compareLogs(from, to, names.right.deleted, comparingProgress(copy.progress))
  if (isLeft(found)) return found
  const { events } = found.right
  for (const stream of names.right.missing) {
    const deleted = await to.deleteKeyStream(stream)()
    if (isLeft(deleted)) return targetFailed(deleted.left)
  }
  for (;;) {
    const before: CopyStatus = found.right
    const rest = await copyRest(copy, before)
    if (isLeft(rest)) return rest
    if (rest.right.type === 'at_end') return right({ found: events, standing: rest.right.standing })
    found = await compareLogs(from, to, names.right.deleted, comparingProgress(copy.progress))
    if (isLeft(found)) return found
    if (found.right.events <= rest.right.standing.events) return different(found.right.events)
  }
}
