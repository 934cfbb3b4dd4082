import type { Database } from 'better-sqlite3'
import type { LogEnds } from '../../application/ports/local-log.ts'
import { accounts as accountsModel } from '../accounts/accounts.ts'
import { idBytes, idText } from '../engine/id-bytes.ts'
import { physicalTables } from '../engine/read-model.ts'
import { sessions as sessionsModel } from '../sessions/sessions.ts'
import type { Row } from './compare-rows.ts'
import { notComparable } from './refold-all.ts'

/** Rows as they are kept, whatever is in them. `random` is in [0, 1). */
export function keptRows(db: Database) {
  const { accounts, administrators } = physicalTables(accountsModel)
  const { sessions, session_holders } = physicalTables(sessionsModel)
  const rowOf = (table: string) => {
    const find = db.prepare<[Buffer], Row>(`SELECT * FROM ${table} WHERE id = CAST(? AS BLOB)`).safeIntegers()
    return { table, find: (id: string) => find.get(idBytes(id)) }
  }
  // Removed rows leave gaps: a row after a long one is drawn more often.
  const draw = (table: string) => {
    const last = db.prepare<[], number>(`SELECT ifnull(max(number), 0) FROM ${table}`).pluck()
    const from = db.prepare<[number], Buffer>(`SELECT id FROM ${table} WHERE number >= ? ORDER BY number LIMIT 1`).pluck()
    return (random: number) => {
      const id = from.get(Math.floor(random * (last.get() ?? 0)) + 1)
      return id?.length === 16 ? idText(id) : undefined
    }
  }
  return {
    /** Runs `work` in one read transaction. */
    together: <A>(work: () => A) => db.transaction(work)(),
    notComparable: (ends: LogEnds) => notComparable(db, ends),
    account: rowOf(accounts),
    administrator: rowOf(administrators),
    holder: rowOf(session_holders),
    session: rowOf(sessions),
    drawAccount: draw(accounts),
    drawSession: draw(sessions),
  }
}

export type KeptRows = ReturnType<typeof keptRows>
