import type { AccountId } from '../../domain/kernel/ids.ts'
import type { AuditQueries } from '../../projections/audit/audit-queries.ts'
import { mostBytesWaiting } from './event-stream.ts'
import type { Chunk, Format } from './subscribers.ts'

const most = 100

type Missed = {
  readonly after: number | undefined
  readonly through: number
  readonly watched: AccountId | null
  readonly format: Format
}

/** How a stream begins: with what was missed, or with a reset if that is too much. A position that lies ahead is not one of this log. */
export const beginningOf = (newer: AuditQueries['newer']) => {
  const missedBy = ({ after = 0, through, watched, format }: Missed): readonly Chunk[] | undefined => {
    if (after > through) return undefined
    const { entries } = newer({ after, through, account: watched, limit: most + 1 })
    const chunks = entries.map(format.entry)
    const size = chunks.reduce((sum, { length }) => sum + length, 0)
    return entries.length > most || size > mostBytesWaiting / 2 ? undefined : chunks
  }
  return (missed: Missed): readonly Chunk[] => {
    const { after, through, format } = missed
    if (after === undefined || after === through) return [format.opening(through)]
    const chunks = missedBy(missed)
    return chunks === undefined ? [format.opening(through), format.reset(through)] : [format.opening(after), ...chunks]
  }
}
