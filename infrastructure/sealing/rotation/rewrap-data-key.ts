import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { KeyWrap } from '../cipher/key-wrap.ts'
import type { DataKeyLog } from '../keys/data-key-log.ts'

const opensUnderNeither: StoreFailure = { type: 'corrupt', detail: 'a data key opens under neither master key' }

/** Moves one person's key from one master key to another: `true` if it did, `false` if it was there already or is gone. */
export function rewrapDataKey(log: DataKeyLog, from: KeyWrap, to: KeyWrap, person: string): TE.TaskEither<StoreFailure, boolean> {
  return pipe(
    log.read(person),
    TE.chain((found) => {
      if (found.state.type === 'absent' || to.unwrap(person, found.state.wrappedKey) !== null) return TE.right(false)
      const key = from.unwrap(person, found.state.wrappedKey)
      if (key === null) return TE.left(opensUnderNeither)
      const command = { type: 'rewrap', wrappedKey: to.wrap(person, key), at: log.now() } as const
      return pipe(
        log.write(found, person, command),
        TE.map(() => true),
      )
    }),
    TE.orElse((failure) => {
      if (failure.type === 'conflict') return rewrapDataKey(log, from, to, person)
      return failure.type === 'stream_deleted' ? TE.right(false) : TE.left(failure)
    }),
  )
}
