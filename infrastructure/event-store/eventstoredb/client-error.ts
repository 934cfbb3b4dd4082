import type { StoreFailure } from '../../../application/ports/event-store.ts'

/** The client's messages are not used: some are empty, and some repeat what was sent. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if ('type' in error && typeof error.type === 'string') return error.type
  return 'code' in error && (typeof error.code === 'number' || typeof error.code === 'string') ? `code ${error.code}` : error.name
}

/** A retry cannot help. Everything else may be a server that comes back. */
const final = new Set([
  'wrong-expected-version',
  'stream-deleted',
  'access-denied',
  'maximum-append-size-exceeded',
  'invalid-argument',
  'invalid-transaction',
  'stream-not-found',
  'no-stream',
  'unsupported',
  'code 7',
  'TypeError',
])

export function mayBeAskedAgain(error: unknown) {
  return !final.has(kindOf(error))
}

export function clientFailure(error: unknown, stream: string): StoreFailure {
  const kind = kindOf(error)
  if (kind === 'wrong-expected-version') return { type: 'conflict', stream }
  if (kind === 'stream-deleted') return { type: 'stream_deleted', stream }
  return { type: 'unavailable', detail: `the event store failed: ${kind}` }
}
