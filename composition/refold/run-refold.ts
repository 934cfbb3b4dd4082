import { Worker } from 'node:worker_threads'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { FileKind } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import type { SqliteStartFailure } from '../../infrastructure/event-store/sqlite/file/start-failure.ts'
import type { RefoldResult } from '../../library/refold/collect-differences.ts'
import type { Difference } from '../../projections/refold/difference.ts'

/** `samples`: how many accounts and sessions to draw, or every row. `rest`: how long to pause after each sample, in times of what it took. */
export type RefoldTask = {
  readonly file: string
  readonly kind: FileKind
  readonly samples: number | 'all'
  readonly rest: number
  /** Milliseconds after which no more samples are drawn. */
  readonly within: number
}

export type RefoldMessage =
  | { readonly done: number; readonly total: number }
  | { readonly difference: Difference }
  | { readonly result: RefoldResult }
  | { readonly failure: SqliteStartFailure }

const entry = new URL(import.meta.url.endsWith('.ts') ? './refold.worker.ts' : './refold.worker.js', import.meta.url)

const ended: SqliteStartFailure = { type: 'unavailable', detail: 'the thread that compares the read models has ended' }

type Observers = {
  readonly onProgress?: (done: number, total: number) => void
  readonly onDifference?: (difference: Difference) => void
}

/** In a thread of its own: neither requests nor signals wait for it. `stop` ends it at once. */
export function runRefold(task: RefoldTask, { onProgress = () => {}, onDifference = () => {} }: Observers = {}) {
  const worker = new Worker(entry, { workerData: task })
  const result = new Promise<Either<SqliteStartFailure, RefoldResult>>((resolve) => {
    worker.on('message', (message: RefoldMessage) => {
      if ('difference' in message) onDifference(message.difference)
      else if ('result' in message) resolve(right(message.result))
      else if ('failure' in message) resolve(left(message.failure))
      else onProgress(message.done, message.total)
    })
    worker.on('error', () => resolve(left(ended)))
    worker.on('exit', () => resolve(left(ended)))
  })
  return { result, stop: async () => void (await worker.terminate()) }
}
