import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import type { SessionId } from '../../domain/kernel/ids.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import { physicalTables } from '../engine/read-model.ts'
import { audit } from './audit.ts'

type Granted = { readonly accountId: string; readonly after: number; readonly through: number }

/** An account has no more active sessions than MAX_SESSIONS, and those are its newest. */
const most = 2_000

/** Newest first, whether or not they ended since. `after` is exclusive, `through` is not. */
export function grantedSessions(db: Database, log: Pick<LocalLog, 'at'>) {
  const { audit: entries, audit_names: names } = physicalTables(audit)
  const find = db
    .prepare<[object], number>(
      `SELECT position FROM ${entries} WHERE account = (SELECT number FROM ${names} WHERE name = @accountId)
       AND +type = (SELECT number FROM ${names} WHERE name = 'SessionGranted') AND position > @after AND position <= @through
       ORDER BY position DESC LIMIT ${most}`,
    )
    .pluck()
  return ({ accountId, after, through }: Granted): readonly SessionId[] =>
    find.all({ accountId, after, through }).flatMap((position) => {
      const recorded = log.at(position)
      return recorded === undefined ? [] : [idInStream(recorded.stream) as SessionId]
    })
}
