import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ObserveCommits } from '../../application/ports/commit-observer.ts'
import type { OpenLogFile } from '../event-store/sqlite/file/open-log-file.ts'
import type { TreeFailure } from '../event-store/sqlite/proofs/tree/tree-messages.ts'
import { treeThread } from '../event-store/sqlite/proofs/tree/tree-thread.ts'
import { codeOf } from '../event-store/sqlite/sqlite-error.ts'

/** Milliseconds between a commit and the growth that it leads to. */
const pace = 5_000

export type KeepTree = Pick<OpenLogFile, 'file' | 'kind'> & {
  /** The position up to which the log cannot change any more; undefined while that is not known. */
  readonly through: () => number | undefined
  readonly observeCommits: ObserveCommits
  /** Called once for each new failure, and with null when it is over. */
  readonly onFailure: (failure: TreeFailure | null) => void
}

const unknown: TreeFailure = { type: 'unavailable', detail: 'it is not known how far the log is confirmed' }
const closed: TreeFailure = { type: 'unavailable', detail: 'the service stops' }

/** Grows behind the log in the background. */
export function keepTree({ through, observeCommits, onFailure, ...log }: KeepTree) {
  const thread = treeThread(log)
  let timer: NodeJS.Timeout | null = null
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false
  let reported: string | null = null

  const report = (failure: TreeFailure | null) => {
    const now = failure === null ? null : failure.detail
    if (now !== reported && failure !== unknown && failure !== closed) onFailure(failure)
    if (failure !== unknown && failure !== closed) reported = now
  }
  const growNow = async (): Promise<Either<TreeFailure, number>> => {
    for (;;) {
      if (isClosed) return left(closed)
      const position = through()
      if (position === undefined) return left(unknown)
      const reply = await thread.ask({ type: 'grow', through: position })
      if (reply.failure !== null) return left(reply.failure)
      if (!reply.isBehind) return right(reply.size)
    }
  }
  /** One after another. */
  const queued = <A>(work: () => Promise<A>): Promise<A> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  /** The number of leaves, with everything that was committed before the call. */
  const grow = () =>
    queued(async () => {
      const grown = await growNow().catch((error) => left<TreeFailure>({ type: 'unavailable', detail: codeOf(error) }))
      report(grown._tag === 'Left' ? grown.left : null)
      return grown
    })
  const schedule = () => {
    if (isClosed) return
    timer ??= setTimeout(() => {
      timer = null
      void grow()
    }, pace).unref()
  }
  const stopObserving = observeCommits({ observe: schedule, clear: schedule })
  schedule()
  return {
    grow,
    save: (size: number, note: string) =>
      queued(async (): Promise<Either<TreeFailure, void>> => {
        const { failure } = isClosed ? { failure: closed } : await thread.ask({ type: 'save', size, note })
        return failure === null ? right(undefined) : left(failure)
      }),
    close: async () => {
      isClosed = true
      stopObserving()
      if (timer !== null) clearTimeout(timer)
      await last
      await thread.close()
    },
  }
}
