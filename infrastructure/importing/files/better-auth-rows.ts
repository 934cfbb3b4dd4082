import Database from 'better-sqlite3'
import type { Fields } from '../mapped-user.ts'

const wanted = ['email', 'emailVerified', 'role', 'banned', 'twoFactorEnabled'] as const
const required = ['id', 'email', 'emailVerified'] as const

/** Where each user's password is. `account` has no index of its users, and the file is only read, so the index is in memory. */
const indexCredentials = `
  CREATE TEMP TABLE credential AS
    SELECT CAST("userId" AS TEXT) AS owner, min(rowid) AS place FROM main.account WHERE "providerId" = 'credential' GROUP BY owner;
  CREATE UNIQUE INDEX temp.credential_owner ON credential(owner)`

const credentials = `LEFT JOIN temp.credential c ON c.owner = CAST(u.id AS TEXT) LEFT JOIN main.account a ON a.rowid = c.place`

/** A twoFactor table without the column would leave open who has a second factor. */
const saysWhoHasFactors = (tables: ReadonlySet<string>, user: ReadonlySet<string>) =>
  !tables.has('twoFactor') || user.has('twoFactorEnabled')

const queryOf = (columns: readonly string[]) =>
  `SELECT ${columns.map((name) => `u."${name}"`).join(', ')}, a.password FROM main.user u ${credentials} ORDER BY u.rowid`

export type BetterAuthRows = {
  readonly count: number
  readonly rows: () => IterableIterator<Fields>
  /** How SQLite finds them. */
  readonly plan: () => readonly string[]
  readonly close: () => void
}

/** Only reads. `null` if the file is no database of Better Auth with the names of its own schema. */
export function openBetterAuth(file: string): BetterAuthRows | null {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const columnsOf = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck()
    const [user, account] = [new Set(columnsOf.all('user')), new Set(columnsOf.all('account'))]
    const isKnown = required.every((name) => user.has(name)) && ['userId', 'providerId', 'password'].every((name) => account.has(name))
    const tables = new Set(db.prepare<[], string>('SELECT name FROM main.sqlite_schema').pluck().all())
    if (!isKnown || !saysWhoHasFactors(tables, user)) throw new Error('not a database of Better Auth')
    db.pragma('temp_store = memory')
    // One state of the file for the index and the rows.
    db.exec('BEGIN')
    db.exec(indexCredentials)
    const select = db.prepare<[], Fields>(queryOf(wanted.filter((name) => user.has(name))))
    const count = db.prepare<[], number>('SELECT count(*) FROM main.user').pluck().get() ?? 0
    const plan = () =>
      db
        .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${select.source}`)
        .all()
        .map(({ detail }) => detail)
    return { count, rows: () => select.iterate(), plan, close: () => db.close() }
  } catch {
    db.close()
    return null
  }
}
