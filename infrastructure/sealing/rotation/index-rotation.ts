import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { KeyWrap } from '../cipher/key-wrap.ts'
import type { DataKeyLog } from '../keys/data-key-log.ts'
import { readIndexKey } from '../keys/index-key.ts'
import { dataKeyLength } from '../keys/person-keys.ts'
import { systemKeys } from '../keys/system-key.ts'

/** `wrong_master_key`: the log opens under neither key, or a rotation to another key has begun. */
export type IndexRotationFailure = { readonly type: 'wrong_master_key' } | { readonly type: 'index_key_missing' }

type Stage = { readonly type: 'before' | 'between' | 'after'; readonly key: Buffer }

/** During a rotation the index key is wrapped under both master keys, so that no server starts on a log that is half moved. */
export function indexRotation(log: DataKeyLog, from: KeyWrap, to: KeyWrap) {
  const twice = (key: Buffer) => from.wrap(systemKeys.index, Buffer.from(to.wrap(systemKeys.index, key), 'base64url'))

  const stageOf = (wrapped: string): Stage | null => {
    const arrived = to.unwrap(systemKeys.index, wrapped)
    if (arrived?.length === dataKeyLength) return { type: 'after', key: arrived }
    const outer = from.unwrap(systemKeys.index, wrapped)
    if (outer === null) return null
    if (outer.length === dataKeyLength) return { type: 'before', key: outer }
    const inner = to.unwrap(systemKeys.index, outer.toString('base64url'))
    return inner === null ? null : { type: 'between', key: inner }
  }

  const step = (ready: Stage['type'], wrap: (key: Buffer) => string): TE.TaskEither<StoreFailure | IndexRotationFailure, void> =>
    pipe(
      readIndexKey(log),
      TE.chainW((found): TE.TaskEither<StoreFailure | IndexRotationFailure, unknown> => {
        if (found.state.type === 'absent') return TE.left({ type: 'index_key_missing' as const })
        const stage = stageOf(found.state.wrappedKey)
        if (stage === null) return TE.left({ type: 'wrong_master_key' as const })
        if (stage.type !== ready) return TE.right(undefined)
        const { wrappedKey: from } = found.state
        return pipe(
          log.decide(systemKeys.index, { type: 'rewrap', from, wrappedKey: wrap(stage.key), at: log.now() }),
          TE.mapLeft((failure) => {
            if (failure.type === 'no_data_key') return { type: 'index_key_missing' as const }
            return failure.type === 'data_key_rewrapped' ? { type: 'wrong_master_key' as const } : failure
          }),
        )
      }),
      TE.map(() => undefined),
    )

  return { begin: () => step('before', twice), finish: () => step('between', (key) => to.wrap(systemKeys.index, key)) }
}
