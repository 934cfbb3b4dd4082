import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argon2id, hash, verify } from 'argon2'
import Database from 'better-sqlite3'

/** The default cost of Gatebook. */
const cost = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1, hashLength: 32 } as const

export const hashPassword = (password: string) => hash(password, cost)
export const verifyPassword = (encoded: string, password: string) => verify(encoded, password)

/** A database in a folder that is gone when the bench is. */
export function openDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.on('disconnect', () => process.exit(0))
  const database = new Database(join(folder, 'auth.db'))
  database.pragma('journal_mode = WAL')
  return database
}

export type User = { readonly id: string; readonly email: string; readonly hash: string }

/** What an app with a session library writes itself: users in a table. */
export function userTable(database: Database.Database) {
  database.exec('CREATE TABLE user (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, hash TEXT NOT NULL) STRICT')
  const insert = database.prepare('INSERT INTO user (id, email, hash) VALUES (?, ?, ?)')
  const byEmail = database.prepare<[string], User>('SELECT id, email, hash FROM user WHERE email = ?')
  const byId = database.prepare<[string], User>('SELECT id, email, hash FROM user WHERE id = ?')
  return {
    byId: (id: string) => byId.get(id),
    register: async (email: string, password: string): Promise<User> => {
      const user = { id: randomUUID(), email, hash: await hashPassword(password) }
      insert.run(user.id, user.email, user.hash)
      return user
    },
    logIn: async (email: string, password: string): Promise<User | undefined> => {
      const user = byEmail.get(email)
      return user !== undefined && (await verifyPassword(user.hash, password)) ? user : undefined
    },
  }
}
