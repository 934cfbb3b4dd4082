import { left } from 'fp-ts/lib/Either.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'

/**
 * Why a copy was not made, or is none. Nothing here names a stream, which a foreign log may have called after a person.
 *
 * - `source_failed`, `target_failed`: the log could not be read or written; what was copied stays, run it again.
 * - `different`: after `events` equal ones the target holds something else than the source does.
 * - `incomplete`: only where nothing was to be written. The target holds the first `events` of the source, and nothing else.
 */
export type CopyFailure =
  | { readonly type: 'source_failed' | 'target_failed'; readonly failure: StoreFailure }
  | { readonly type: 'different' | 'incomplete'; readonly events: number }

export function sourceFailed(failure: StoreFailure) {
  return left<CopyFailure>({ type: 'source_failed', failure })
}
export function targetFailed(failure: StoreFailure) {
  return left<CopyFailure>({ type: 'target_failed', failure })
}
export function different(events: number) {
  return left<CopyFailure>({ type: 'different', events })
}
