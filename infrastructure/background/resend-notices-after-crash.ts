import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type Notify, resendNotices } from '../../application/notifications/resend-notices.ts'
import type { EventStore, RecordedEvent } from '../../application/ports/event-store.ts'

/** Milliseconds. A mail is sent within half a second, and the mail server has twenty seconds to accept it. */
const noticeWindow = 30_000

const page = 1_000
const maxPages = 100

/** The newest events, as far back as a notice may still have been on its way. */
const tail = async ({ head, readAll }: EventStore): Promise<readonly RecordedEvent[]> => {
  const newest = await head()()
  if (isLeft(newest)) return []
  let events: readonly RecordedEvent[] = []
  for (let n = 1; n <= maxPages; n++) {
    const before = await readAll(Math.max(0, newest.right - n * page), page)()
    if (isLeft(before)) return events
    events = [...before.right, ...events]
    const [oldest, last] = [events[0], events.at(-1)]
    if (oldest === undefined || last === undefined) return events
    const since = Date.parse(last.recordedAt) - noticeWindow
    if (Date.parse(oldest.recordedAt) < since || oldest.position <= 1)
      return events.filter(({ recordedAt }) => Date.parse(recordedAt) >= since)
  }
  return events
}

/** The file `open` exists while the core is open. If it exists at startup, the last run was killed before it could send all notices. */
export function resendNoticesAfterCrash(dataDir: string) {
  const file = join(dataDir, 'open')
  const wasKilled = existsSync(file)
  return {
    begin: (store: EventStore, notify: Notify) => async () => {
      if (wasKilled) await resendNotices(notify, await tail(store))
    },
    opened: () => writeFileSync(file, '', { mode: 0o600 }),
    closed: () => rmSync(file, { force: true }),
  }
}
