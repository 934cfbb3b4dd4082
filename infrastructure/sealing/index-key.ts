import { createHmac } from 'node:crypto'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../application/event-store.ts'
import type { IndexEmail } from '../../application/ports.ts'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { type DataKeyLog, type DataKeyLogNeeds, dataKeyLog, type WrappedKey } from './data-key-log.ts'
import { type KeyWrap, keyWrap } from './key-wrap.ts'
import { dataKeyLength, personKeys } from './person-keys.ts'

/** The key of the blind index stands among the data keys under this name, so that another master key changes no stream name. */
export const indexKeyHolder = 'blind-index'

/** Why this log cannot be opened with this master key. */
export type IndexKeyFailure =
  | { readonly is: 'wrong_master_key' }
  | { readonly is: 'rotation_unfinished' }
  | { readonly is: 'index_key_missing' }

const domain = 'gatebook blind index of e-mail addresses 1\0'

const indexUnder =
  (key: Buffer): IndexEmail =>
  (canonicalEmail) =>
    createHmac('sha256', key).update(domain).update(canonicalEmail, 'utf8').digest('base64url') as BlindIndex

const openUnder = ({ unwrap }: KeyWrap, wrappedKey: string): Either<IndexKeyFailure, Buffer> => {
  const key = unwrap(indexKeyHolder, wrappedKey)
  if (key === null) return left({ is: 'wrong_master_key' })
  return key.length === dataKeyLength ? right(key) : left({ is: 'rotation_unfinished' })
}

/** A deleted one is as missing as one that never was. */
export const readIndexKey = (log: DataKeyLog): TE.TaskEither<StoreFailure | { readonly is: 'index_key_missing' }, WrappedKey> =>
  pipe(
    log.read(indexKeyHolder),
    TE.mapLeft((failure) => (failure.is === 'stream_deleted' ? { is: 'index_key_missing' as const } : failure)),
  )

/**
 * Opens the key of the blind index; in an empty log it makes one, as the first event of all. Opening it shows that the master
 * key belongs to this log. In a log that has events a missing one is never replaced: every name would be lost.
 */
export const openIndexKey = ({ masterKey, ...needs }: DataKeyLogNeeds & { readonly masterKey: Buffer }) => {
  const log = dataKeyLog(needs)
  const wrap = keyWrap(masterKey)
  const create: TE.TaskEither<StoreFailure | IndexKeyFailure, Buffer> = pipe(
    needs.store.head(),
    TE.chainW(
      (head): TE.TaskEither<StoreFailure | IndexKeyFailure, Buffer> =>
        head === 0 ? personKeys(log, wrap).findOrCreate(indexKeyHolder) : TE.left({ is: 'index_key_missing' as const }),
    ),
  )
  return pipe(
    readIndexKey(log),
    TE.chainW(
      ({ state }): TE.TaskEither<StoreFailure | IndexKeyFailure, Buffer> =>
        state.is === 'wrapped' ? TE.fromEither(openUnder(wrap, state.wrappedKey)) : create,
    ),
    TE.map(indexUnder),
  )
}
