import { isLeft } from 'fp-ts/lib/Either.js'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { unknownCallersOf } from '../sessions/seal-origin.ts'

/** Milliseconds. */
const day = 86_400_000

/** A service that was stopped for longer keeps older keys. */
const monthsBack = 120

/** Newest first. */
const endedBefore = (at: Instant) => {
  const month = new Date(at)
  return Array.from({ length: monthsBack }, (_, n) =>
    unknownCallersOf(instant(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() - 1 - n))),
  )
}

/**
 * Deletes the keys of callers without an account for the months that ended more than `days` ago. What they sealed was recorded before
 * there was an account, so no erasure reaches it. Idempotent. Returns the names whose key is gone, and how many are still there.
 */
export async function shredUnknownCallers({ journal, crypto }: Needs<'journal' | 'crypto'>, days: number) {
  const due = endedBefore(instant(journal.now() - days * day))
  let owed = 0
  for (const person of due) {
    const key = await journal.load(streams.dataKey(person))()
    if (isLeft(key)) owed += key.left.type === 'stream_deleted' ? 0 : 1
    else if (key.right.state.type === 'wrapped' && isLeft(await crypto.vault.shred(person)())) owed += 1
  }
  return { due, owed }
}
