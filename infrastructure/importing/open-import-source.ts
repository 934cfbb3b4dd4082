import { createReadStream, existsSync, statSync } from 'node:fs'
import { openBetterAuth } from './files/better-auth-rows.ts'
import { jsonUsers } from './files/json-users.ts'
import { type Line, linesOf } from './files/lines.ts'
import { auth0User } from './formats/auth0.ts'
import { betterAuthUser } from './formats/better-auth.ts'
import { csvAccounts, csvHeader } from './formats/csv.ts'
import { firebaseUser } from './formats/firebase.ts'
import type { FirebaseHashConfig } from './formats/firebase-hash.ts'
import { keycloakUser } from './formats/keycloak.ts'
import { ndjsonAccount } from './formats/ndjson.ts'
import { supertokensUser } from './formats/supertokens.ts'
import type { ImportFormat } from './import-formats.ts'
import type { Fields, MappedUser } from './mapped-user.ts'

export type SourceRecord = { readonly number: number; readonly user: MappedUser }

/** `unit`: what `number` counts. `done` and `size` are for showing progress. */
export type ImportSource = {
  readonly unit: 'line' | 'user'
  readonly size: number
  readonly done: () => number
  readonly records: AsyncIterable<SourceRecord>
}

type Chosen = { readonly format: ImportFormat; readonly file: string; readonly hashConfig: FirebaseHashConfig | null }

async function* fromLines(lines: AsyncIterable<Line>, read: (text: string) => MappedUser): AsyncGenerator<SourceRecord> {
  for await (const line of lines) yield { number: line.number, user: 'text' in line ? read(line.text) : line }
}

async function* fromCsv(lines: AsyncIterable<Line>): AsyncGenerator<SourceRecord> {
  let read: ((text: string) => MappedUser) | null = null
  for await (const line of lines) {
    if (read !== null) yield { number: line.number, user: 'text' in line ? read(line.text) : line }
    else {
      read = 'text' in line ? csvAccounts(line.text) : null
      if (read === null) return yield { number: line.number, user: { refused: `line: expected the names of columns, of ${csvHeader}` } }
    }
  }
}

/** The decoder has replaced what is no UTF-8, because the parser takes too many bytes for it. What is not kept may be broken. */
const intact = (user: MappedUser): MappedUser =>
  'account' in user && JSON.stringify(user.account).includes('\ufffd')
    ? { refused: 'user: expected UTF-8 without U+FFFD in all that is kept' }
    : user

async function* fromUsers(chunks: AsyncIterable<Buffer>, read: (user: Fields) => MappedUser): AsyncGenerator<SourceRecord> {
  for await (const found of jsonUsers(chunks)) yield { number: found.number, user: 'user' in found ? intact(read(found.user)) : found }
}

const fromDatabase = (file: string): ImportSource | null => {
  const opened = openBetterAuth(file)
  if (opened === null) return null
  let done = 0
  async function* records(rows: IterableIterator<Fields>, close: () => void): AsyncGenerator<SourceRecord> {
    try {
      for (const row of rows) {
        done += 1
        yield { number: done, user: betterAuthUser(row) }
      }
    } finally {
      close()
    }
  }
  return { unit: 'user', size: opened.count, done: () => done, records: records(opened.rows(), opened.close) }
}

/** `null` for a file that cannot be read, or is no database where one is expected. */
export function openImportSource({ format, file, hashConfig }: Chosen): ImportSource | null {
  if (!existsSync(file) || !statSync(file).isFile()) return null
  if (format === 'better-auth') return fromDatabase(file)
  const stream = createReadStream(file)
  const read = {
    ndjson: () => fromLines(linesOf(stream), ndjsonAccount),
    auth0: () => fromLines(linesOf(stream), auth0User),
    csv: () => fromCsv(linesOf(stream)),
    keycloak: () => fromUsers(stream, keycloakUser),
    firebase: () => fromUsers(stream, firebaseUser(hashConfig)),
    supertokens: () => fromUsers(stream, supertokensUser(hashConfig)),
  } as const
  const unit = format === 'ndjson' || format === 'csv' || format === 'auth0' ? 'line' : 'user'
  return { unit, size: statSync(file).size, done: () => stream.bytesRead, records: read[format]() }
}
