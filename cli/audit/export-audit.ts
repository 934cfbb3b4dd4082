import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { withAddress } from '../../api/audit/audit.ts'
import { type ExportFormatName, exportedText } from '../../api/audit/export-format.ts'
import { startFailureText } from '../../composition/start-failure.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import type { FileKind } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { audit } from '../../projections/audit/audit.ts'
import type { ListedEntry } from '../../projections/audit/audit-entry.ts'
import { exportedPages } from '../../projections/audit/audit-export.ts'
import { auditQueries } from '../../projections/audit/audit-queries.ts'
import { registered } from '../../projections/engine/registry.ts'
import { fail } from '../fail.ts'
import { type LogKeys, openLogKeys } from '../keys/log-keys.ts'
import { onLog } from '../log-commands.ts'

/** `address`: the network that stands for it. Times are ISO 8601. */
export type AuditExport = {
  readonly format: ExportFormatName
  readonly account?: string
  readonly type?: readonly string[]
  readonly actor?: string
  readonly address?: string
  readonly session?: string
  readonly correlation?: string
  readonly from?: string
  readonly to?: string
  readonly withAddresses?: boolean
}

const instantOf = (time: string | undefined) => (time === undefined ? undefined : instant(Date.parse(time)))

const filterOf = ({ type, address, from, to, account, actor, session, correlation }: AuditExport, keys: LogKeys | null) => ({
  ...{ account, actor, session, correlation, types: type && [...new Set(type)] },
  network: address === undefined ? undefined : keys?.indexNetwork(address),
  from: instantOf(from),
  to: instantOf(to),
})

const refuseOutdated = (db: Database) => {
  const isBuilt = registered(db).some(({ name, version }) => name === audit.name && version === audit.version)
  if (!isBuilt) fail('The audit trail of this file is not built: start the server, or run gatebook rebuild')
}

const isBrokenPipe = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EPIPE'

const keysFor = async ({ withAddresses = false, address }: AuditExport, db: Database, kind: FileKind) => {
  if (!withAddresses && address === undefined) return null
  const keys = await openLogKeys(db, kind)
  return isLeft(keys) ? fail(startFailureText(keys.left)) : keys.right
}

const withoutAddress = ({ ipAddress: _, isOfActor: __, ...entry }: ListedEntry) => ({ ...entry, address: null })

export function exportAudit(options: AuditExport) {
  return onLog(openReadConnection, async (db, kind) => {
    refuseOutdated(db)
    const keys = await keysFor(options, db, kind)
    const crypto = options.withAddresses === true ? keys : null
    const shown = (page: readonly ListedEntry[]) =>
      Promise.all(page.map((entry) => (crypto === null ? withoutAddress(entry) : withAddress({ crypto }, entry))))
    const pages = exportedPages(auditQueries(db, localLog(db, kind)), filterOf(options, keys))
    const text = Readable.from(exportedText(options.format, pages, shown), { objectMode: false })
    try {
      await pipeline(text, process.stdout, { end: false })
    } catch (error) {
      if (!isBrokenPipe(error)) throw error
    }
    await keys?.close()
  })
}
