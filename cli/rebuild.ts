import type { Writable } from 'node:stream'
import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../application/ports/local-log.ts'
import { rebuild } from '../projections/engine/rebuild.ts'
import { progressOn } from './progress.ts'

/** `db` must be the connection that may write. */
export function rebuildAll(db: Database, log: LocalLog, out: Writable & { readonly isTTY?: boolean }): void {
  const start = performance.now()
  const progress = progressOn(out, 'rebuild')
  let events = 0
  const built = rebuild(db, log, {
    force: true,
    onProgress: ({ done, total }) => {
      events = total
      progress.update(done, total)
    },
  })
  progress.stop()
  const seconds = (performance.now() - start) / 1_000
  const rate = Math.round(events / Math.max(seconds, 0.001))
  out.write(`Rebuilt ${built.join(', ')} from ${events} events in ${seconds.toFixed(1)} s (${rate} events/s).\n`)
}
