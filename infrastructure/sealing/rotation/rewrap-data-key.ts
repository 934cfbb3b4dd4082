import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { KeyWrap } from '../cipher/key-wrap.ts'
import type { DataKeyLog } from '../keys/data-key-log.ts'

const opensUnderNeither: StoreFailure = { type: 'corrupt', detail: 'a data key opens under neither master key' }

const maxAttempts = 10

/** `true` if it moved the key, `false` if there was nothing to move. */
export function rewrapDataKey(
  log: DataKeyLog,
  from: KeyWrap,
  to: KeyWrap,
  person: string,
  attempt = 1,
): TE.TaskEither<StoreFailure, boolean> {
  return pipe(
    log.load(person),
    TE.chainW(({ state }) => {
      if (state.type === 'absent' || to.unwrap(person, state.wrappedKey) !== null) return TE.right(false)
      const key = from.unwrap(person, state.wrappedKey)
      if (key === null) return TE.left(opensUnderNeither)
      const command = { type: 'rewrap' as const, from: state.wrappedKey, wrappedKey: to.wrap(person, key), at: log.now() }
      return pipe(
        log.decide(person, command),
        TE.map(() => true),
      )
    }),
    TE.orElse((failure): TE.TaskEither<StoreFailure, boolean> => {
      if (failure.type === 'no_data_key' || failure.type === 'stream_deleted') return TE.right(false)
      if (failure.type !== 'data_key_rewrapped') return TE.left(failure)
      return attempt < maxAttempts ? rewrapDataKey(log, from, to, person, attempt + 1) : TE.left(opensUnderNeither)
    }),
  )
}
