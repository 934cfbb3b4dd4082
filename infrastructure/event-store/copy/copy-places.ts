import { existsSync, statSync } from 'node:fs'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { logFile } from '../../data-dir/open-data-dir-log.ts'

/** A connection string holds a password and is never shown. */
export type Place = { readonly type: 'sqlite'; readonly file: string } | { readonly type: 'eventstoredb'; readonly url: string }

const fileOf = (path: string) => (existsSync(path) && !statSync(path).isDirectory() ? path : logFile(path))

type Defaults = { readonly DATA_DIR: string; readonly EVENTSTOREDB_URL: string | undefined }

/** `sqlite:PATH` or `esdb://…`; `sqlite:` and `esdb:` alone mean DATA_DIR and EVENTSTOREDB_URL. Left: what is expected. */
export function placeOf(text: string, { DATA_DIR, EVENTSTOREDB_URL }: Defaults): Either<string, Place> {
  if (text === 'sqlite:') return right({ type: 'sqlite', file: logFile(DATA_DIR) })
  if (text.startsWith('sqlite:')) return right({ type: 'sqlite', file: fileOf(text.slice('sqlite:'.length)) })
  if (/^esdb(\+discover)?:\/\//.test(text)) return right({ type: 'eventstoredb', url: text })
  if (text !== 'esdb:') return left('sqlite:PATH, sqlite:, esdb://… or esdb:')
  return EVENTSTOREDB_URL === undefined
    ? left('EVENTSTOREDB_URL to be set, because esdb: stands for it')
    : right({ type: 'eventstoredb', url: EVENTSTOREDB_URL })
}
