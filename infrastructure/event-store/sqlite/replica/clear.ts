import type { Database } from 'better-sqlite3'
import { registered } from '../../../../projections/engine/registry.ts'

/** Empties the copied log and every read model, in one transaction: what comes next is position 0. Whoever remembers rows must forget them. */
export function clearReplica(db: Database): void {
  db.transaction(() => {
    const tables = registered(db).flatMap((model) => model.tables)
    db.exec('DROP INDEX IF EXISTS event_in_stream')
    for (const table of [...tables, 'event', 'tombstone']) db.exec(`DELETE FROM ${table}`)
    db.exec('UPDATE read_model SET position = 0')
  }).immediate()
}
