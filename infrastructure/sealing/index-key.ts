import { createHmac } from 'node:crypto'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../application/event-store.ts'
import type { IndexEmail } from '../../application/ports.ts'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { type DataKeyLogNeeds, dataKeyLog } from './data-key-log.ts'
import { keyWrap } from './key-wrap.ts'
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

/**
 * Opens the key of the blind index; in an empty log it makes one, as the first event of all. Opening it shows that the master
 * key belongs to this log. In a log that has events a missing one is never replaced: every name would be lost.
 */
export const openIndexKey =
  ({ masterKey, ...needs }: DataKeyLogNeeds & { readonly masterKey: Buffer }): TaskEither<StoreFailure | IndexKeyFailure, IndexEmail> =>
  async () => {
    const log = dataKeyLog(needs)
    const wrap = keyWrap(masterKey)
    const found = await log.read(indexKeyHolder)()
    if (isLeft(found)) return found.left.is === 'stream_deleted' ? left({ is: 'index_key_missing' }) : found
    if (found.right.state.is === 'wrapped') {
      const key = wrap.unwrap(indexKeyHolder, found.right.state.wrappedKey)
      if (key === null) return left({ is: 'wrong_master_key' })
      return key.length === dataKeyLength ? right(indexUnder(key)) : left({ is: 'rotation_unfinished' })
    }
    const head = await needs.store.head()()
    if (isLeft(head)) return head
    if (head.right > 0) return left({ is: 'index_key_missing' })
    const made = await personKeys(log, wrap).findOrCreate(indexKeyHolder)()
    return isLeft(made) ? made : right(indexUnder(made.right))
  }
