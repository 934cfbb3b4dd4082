import type { Database } from 'better-sqlite3'
import type * as t from 'io-ts'
import { type Export, ExportedEntry } from '../../api/me/export-shape.ts'
import { exportedEntry } from '../../api/me/exported-entry.ts'
import { isPayloadErased } from '../../domain/catalogue.ts'
import { compareHistory, type Entry, type HistoryFinding, type RecordedEntry } from '../../domain/proofs/compare-history.ts'
import { openTemporaryDatabase } from '../../infrastructure/event-store/sqlite/file/temporary-database.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { type AccountHistory, accountHistory, type HistoryEntry } from '../../projections/audit/account-history.ts'
import { audit } from '../../projections/audit/audit.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import type { LogKeys } from '../keys/log-keys.ts'

export type ExportVerification = {
  readonly entries: number
  /** Values that can no longer be decrypted, so that nobody can say what they were. */
  readonly unreadable: number
  readonly findings: readonly HistoryFinding[]
}

type Verified = {
  readonly log: Database
  readonly isCopy: boolean
  readonly keys: Pick<LogKeys, 'vault' | 'derive'>
  readonly onProgress?: (done: number, total: number) => void
}

const pageSize = 500

function* everyEntry(history: AccountHistory, accountId: string): Generator<HistoryEntry> {
  for (let after: number | null = 0; after !== null; ) {
    const page: ReturnType<AccountHistory> = history({ accountId, after, limit: pageSize })
    yield* page.entries
    after = page.next
  }
}

const personal = ['email', 'replacedEmail', 'address', 'userAgent', 'profile'] as const

const isSealedFor = (accountId: string, { email, replacedEmail, ipAddress: address, userAgent, profile }: HistoryEntry['personal']) => {
  const sealed = { email, replacedEmail, address, userAgent, profile }
  return (field: (typeof personal)[number]) => sealed[field]?.startsWith(`${accountId}.`) === true
}

/**
 * Compares the history of an export with the log itself: what is whose is worked out anew from the events, because a read model beside the
 * log can be changed with it. Throws what SQLite and the decoding of events throw.
 */
export async function verifyExport(
  exported: t.TypeOf<typeof Export>,
  { log, isCopy, keys, onProgress }: Verified,
): Promise<ExportVerification> {
  const { id } = exported.account
  const scratch = openTemporaryDatabase()
  try {
    const local = localLog(log, isCopy ? 'copy' : 'log')
    rebuild(scratch, local, { models: [audit], force: true, onProgress: ({ done, total }) => onProgress?.(done, total) })
    const recorded: RecordedEntry[] = []
    let through = 0
    for (const held of everyEntry(accountHistory(scratch, local), id)) {
      const entry = (await exportedEntry({ crypto: keys }, id, held)) as Entry
      const recordedEvent = local.at(held.position)
      const isErased = recordedEvent !== undefined && isPayloadErased(recordedEvent)
      const gone = personal.filter(isSealedFor(id, held.personal)).filter((field) => entry[field] === null)
      const unreadable = isErased ? ['summary', ...personal] : gone
      recorded.push({ position: held.position, entry, unreadable })
      if (held.type === 'DataExported' && held.at <= exported.exportedAt) through = held.position
    }
    const told = exported.history.map((entry) => ExportedEntry.encode(entry) as Entry)
    const unreadable = recorded.reduce((sum, one) => sum + one.unreadable.length, 0)
    return { entries: told.length, unreadable, findings: compareHistory(told, recorded, through) }
  } finally {
    scratch.close()
  }
}
