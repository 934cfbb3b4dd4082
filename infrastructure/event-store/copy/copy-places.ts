import { existsSync, statSync } from 'node:fs'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Values } from '../../../composition/config/variables.ts'
import { logFile } from '../../data-dir/open-data-dir-log.ts'

/** Where a log stands. A connection string holds a password: it is never shown. */
export type Place = { readonly type: 'sqlite'; readonly file: string } | { readonly type: 'eventstoredb'; readonly url: string }

const fileOf = (path: string) => (existsSync(path) && !statSync(path).isDirectory() ? path : logFile(path))

/**
 * `sqlite:PATH` with a data directory or its database, `esdb://…` with a connection string; `sqlite:` and `esdb:` alone stand for
 * DATA_DIR and EVENTSTOREDB_URL. Left: what is expected, without what was given.
 */
export function placeOf(
  text: string,
  { DATA_DIR, EVENTSTOREDB_URL }: Pick<Values, 'DATA_DIR' | 'EVENTSTOREDB_URL'>,
): Either<string, Place> {
  if (text === 'sqlite:') return right({ type: 'sqlite', file: logFile(DATA_DIR) })
  if (text.startsWith('sqlite:')) return right({ type: 'sqlite', file: fileOf(text.slice('sqlite:'.length)) })
  if (/^esdb(\+discover)?:\/\//.test(text)) return right({ type: 'eventstoredb', url: text })
  if (text !== 'esdb:') return left('sqlite:PATH, sqlite:, esdb://… or esdb:')
  return EVENTSTOREDB_URL === undefined
    ? left('EVENTSTOREDB_URL to be set, because esdb: stands for it')
    : right({ type: 'eventstoredb', url: EVENTSTOREDB_URL })
}
