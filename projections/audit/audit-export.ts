import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ListedEntry } from './audit-entry.ts'
import type { AuditQueries } from './audit-queries.ts'
import type { AuditFilter, Place } from './search/audit-filter.ts'

const pageSize = 100

const newest = ({ page }: Pick<AuditQueries, 'page'>) => page({ limit: 1 }).entries[0]?.position ?? 0

/**
 * What the trail holds at the beginning, oldest first, a page in memory at a time. It reads on only when it is asked to, and lets others have
 * a turn before each page. Throws if the trail was emptied meanwhile, as a node does with its copy of a log that went back.
 */
export async function* exportedPages(queries: Pick<AuditQueries, 'page'>, filter: AuditFilter): AsyncGenerator<readonly ListedEntry[]> {
  const through = newest(queries)
  let place: Place | null = { direction: 'newer', beyond: 0 }
  while (place !== null && place.beyond < through) {
    await nextTurn()
    const shown = queries.page({ ...filter, order: 'oldest', limit: pageSize, place })
    const entries = shown.entries.filter(({ position }) => position <= through)
    if (entries.length > 0) yield entries
    place = shown.next
  }
  if (newest(queries) < through) throw new Error('the export ended early: the trail was emptied')
}
