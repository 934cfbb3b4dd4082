import type { Database } from 'better-sqlite3'
import { openReadConnection } from '../infrastructure/event-store/sqlite/connection.ts'
import type { FileKind } from '../infrastructure/event-store/sqlite/schema.ts'
import { accountQueries } from '../projections/account-queries.ts'
import { auditQueries } from '../projections/audit-queries.ts'
import { readPosition } from '../projections/registry.ts'
import { openSessionLookup } from '../projections/session-lookup.ts'
import { sessionQueries } from '../projections/session-queries.ts'

/** The read models of a file, over one connection that cannot write. */
export const openReadModels = (file: string, kind: FileKind) => {
  const db: Database = openReadConnection(file, kind)
  return {
    db,
    lookup: openSessionLookup(db),
    queries: { sessionQueries: sessionQueries(db), accountQueries: accountQueries(db), auditQueries: auditQueries(db) },
    position: readPosition(db),
  }
}

export type ReadModels = ReturnType<typeof openReadModels>
