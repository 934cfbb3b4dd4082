import type { AccountId } from '../../domain/kernel/ids.ts'
import type { AuditQueries } from '../../projections/audit/audit-queries.ts'
import { mostBytesWaiting, opening, resetEvent } from './event-stream.ts'
import type { Format } from './subscribers.ts'

const most = 100

type Missed = {
  readonly after: number | undefined
  readonly through: number
  readonly watched: AccountId | null
  readonly format: Format
}

/** How a stream begins: with what was missed, or with a reset if that is too much. A position that lies ahead is not one of this log. */
export const beginningOf = (newer: AuditQueries['newer']) => {
  const missedBy = ({ after = 0, through, watched, format }: Missed): string | undefined => {
    if (after > through) return undefined
    const { entries } = newer({ after, through, account: watched, limit: most + 1 })
    const text = entries.map(format.entry).join('')
    return entries.length > most || text.length > mostBytesWaiting / 2 ? undefined : text
  }
  return (missed: Missed): string => {
    const { after, through, format } = missed
    if (after === undefined || after === through) return opening(format.id(through))
    const text = missedBy(missed)
    if (text === undefined) return opening(format.id(through)) + resetEvent(format.id(through))
    return opening(format.id(after)) + text
  }
}
