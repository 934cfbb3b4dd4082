import type { Database } from 'better-sqlite3'
import type { LocalLog } from '../../application/ports/local-log.ts'
import { audit } from '../audit/audit.ts'
import { linkKey } from '../audit/search/link-key.ts'
import { physicalTables } from '../engine/read-model.ts'
import { attributionOf } from './attribution.ts'
import { type DerivedEntry, derivedEntry, type RadiusRow } from './derived-entry.ts'
import { type SessionLife, sessionLife } from './session-life.ts'

/** `changes`: what was done in it, to its own account or to others. `reads`: of people's data. `isCut`: there is more than was read. */
export type SessionRadius = SessionLife & {
  readonly position: number
  readonly changes: readonly DerivedEntry[]
  readonly reads: readonly DerivedEntry[]
  readonly devices: readonly DerivedEntry[]
  readonly isCut: boolean
}

/** Of one session on a page, and of a session that was asked for alone. */
const bounds = { page: { events: 500, rows: 500 }, whole: { events: 20_000, rows: 20_000 } }

/** A login may remember the device before it grants the session. */
const rowsBefore = 20

const isRead = ({ type }: DerivedEntry) => type === 'DataRead' || type === 'DataExported'
const isDevice = ({ type }: DerivedEntry) => type === 'DeviceRemembered'

export function sessionRadius(db: Database, log: LocalLog) {
  const { audit: entries, audit_names: names, audit_links: links } = physicalTables(audit)
  const number = `(SELECT number FROM ${names} WHERE name = @account)`
  const range = 'position BETWEEN CAST(@low AS INTEGER) AND CAST(@high AS INTEGER) ORDER BY position LIMIT @limit'
  // What an administrator does to others has another account, and what the service does for the account another actor. Events that name no
  // session are found by these alone.
  const rowsAround = db.prepare<[object], RadiusRow>(
    `SELECT a.position, a.at, n.name AS account FROM (
       SELECT position FROM (SELECT position FROM ${entries} WHERE account = ${number} AND ${range})
       UNION SELECT position FROM (SELECT position FROM ${entries} WHERE actor = ${number} AND actor > 0 AND ${range})
       UNION SELECT position FROM (SELECT position FROM ${links} WHERE key = @session AND ${range})
     ) f JOIN ${entries} a ON a.position = f.position LEFT JOIN ${names} n ON n.number = a.account ORDER BY a.position LIMIT @limit`,
  )
  const entryOf = derivedEntry(log)

  /** The session that was granted at that position. */
  return (position: number, isWhole: boolean): SessionRadius => {
    const granted = log.at(position)
    if (granted === undefined) throw new Error(`the log has no event at position ${position}`)
    const { events, rows: limit } = isWhole ? bounds.whole : bounds.page
    const own = log.ofStream(granted.stream, 0, events)
    const life = sessionLife(own)
    const revoked = own.find(({ type }) => type === 'SessionRevoked')
    const [low, high] = [position - rowsBefore, revoked?.position ?? Number.MAX_SAFE_INTEGER]
    const rows = rowsAround.all({ account: life.account, session: linkKey(life.session), low, high, limit })
    const around = rows.map((row) => ({ row, recorded: log.at(row.position) }))
    const recordedSince = around.find(({ recorded }) => recorded?.metadata.sessionId !== undefined)?.row.position ?? Number.MAX_SAFE_INTEGER
    const derived = around.flatMap(({ row, recorded }): readonly DerivedEntry[] => {
      const by = recorded === undefined || row.at > life.expiresAt ? null : attributionOf(recorded, life, granted, recordedSince)
      return by === null ? [] : [entryOf(row, by)]
    })
    return {
      ...life,
      position,
      changes: derived.filter((entry) => !isRead(entry) && !isDevice(entry)),
      reads: derived.filter(isRead),
      devices: derived.filter(isDevice),
      isCut: own.length === events || rows.length === limit,
    }
  }
}
