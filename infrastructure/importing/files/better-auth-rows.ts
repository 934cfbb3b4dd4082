import Database from 'better-sqlite3'
import type { Fields } from '../mapped-user.ts'

const wanted = ['email', 'emailVerified', 'role', 'banned', 'twoFactorEnabled'] as const
const required = ['id', 'email', 'emailVerified'] as const

export type BetterAuthRows = { readonly count: number; readonly rows: () => IterableIterator<Fields>; readonly close: () => void }

/** Only reads. `null` if the file is no database of Better Auth with the names of its own schema. */
export function openBetterAuth(file: string): BetterAuthRows | null {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const columnsOf = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck()
    const [user, account] = [new Set(columnsOf.all('user')), new Set(columnsOf.all('account'))]
    const isKnown = required.every((name) => user.has(name)) && ['userId', 'providerId', 'password'].every((name) => account.has(name))
    if (!isKnown) throw new Error('not a database of Better Auth')
    const columns = wanted.filter((name) => user.has(name)).map((name) => `u."${name}"`)
    const password = `(SELECT password FROM account WHERE "userId" = u.id AND "providerId" = 'credential' LIMIT 1) AS password`
    const select = db.prepare<[], Fields>(`SELECT ${columns.join(', ')}, ${password} FROM user u ORDER BY u.rowid`)
    const count = db.prepare<[], number>('SELECT count(*) FROM user').pluck().get() ?? 0
    return { count, rows: () => select.iterate(), close: () => db.close() }
  } catch {
    db.close()
    return null
  }
}
