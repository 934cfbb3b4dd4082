import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Needs } from '../../application/needs.ts'
import { resendNotices } from '../../application/notifications/resend-notices.ts'
import type { EventStore, RecordedEvent } from '../../application/ports/event-store.ts'

/** Milliseconds before the newest event. A mail is sent within half a second, and has twenty seconds to be taken. */
const mayBeUntold = 30_000

const page = 1_000
const mostPages = 100

/** What was recorded last, as far back as a notice may still have been under way. Positions count without large gaps, as SQLite's do. */
const tail = async ({ head, readAll }: EventStore): Promise<readonly RecordedEvent[]> => {
  const newest = await head()()
  if (isLeft(newest)) return []
  let events: readonly RecordedEvent[] = []
  for (let n = 1; n <= mostPages; n++) {
    const before = await readAll(Math.max(0, newest.right - n * page), page)()
    if (isLeft(before)) return events
    events = [...before.right, ...events]
    const [oldest, last] = [events[0], events.at(-1)]
    if (oldest === undefined || last === undefined) return events
    const since = Date.parse(last.recordedAt) - mayBeUntold
    if (Date.parse(oldest.recordedAt) < since || oldest.position <= 1)
      return events.filter(({ recordedAt }) => Date.parse(recordedAt) >= since)
  }
  return events
}

/**
 * A file stands in the data directory while the core is open and what it owes is under way. Whoever finds it there at the start comes after a kill, and tells
 * the owners again what happened last.
 */
export function resendNoticesAfterCrash(dataDir: string) {
  const file = join(dataDir, 'open')
  const wasKilled = existsSync(file)
  return {
    begin: (store: EventStore, needs: Needs<'journal' | 'mail'>) => async () => {
      if (wasKilled) await resendNotices(needs, await tail(store))
    },
    opened: () => writeFileSync(file, '', { mode: 0o600 }),
    closed: () => rmSync(file, { force: true }),
  }
}
