import { left } from 'fp-ts/lib/Either.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'

/**
 * No stream is named: a foreign log may contain names of people.
 *
 * - `source_failed`, `target_failed`: what was copied stays, so run it again.
 * - `different`: the logs differ after `events` equal events.
 * - `incomplete`: verification only. The target has the first `events` events and nothing else.
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
