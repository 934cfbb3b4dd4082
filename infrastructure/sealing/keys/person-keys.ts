import { randomBytes } from 'node:crypto'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { State } from '../../../domain/data-key/decider.ts'
import type { KeyWrap } from '../cipher/key-wrap.ts'
import type { DataKeyLog } from './data-key-log.ts'

export const dataKeyLength = 32

export type PersonKeys = {
  /** `null` if the person has none. */
  readonly find: (person: string) => TaskEither<StoreFailure, Buffer | null>
  /** Of two who create at once one wins, and both get the winner's key. */
  readonly findOrCreate: (person: string) => TaskEither<StoreFailure, Buffer>
}

const doesNotOpen: StoreFailure = { type: 'corrupt', detail: 'a data key does not open under MASTER_KEY' }

/** The keys of persons, opened. A deleted one is the failure `stream_deleted`. */
export function personKeys(log: DataKeyLog, { wrap, unwrap }: KeyWrap): PersonKeys {
  const open = (person: string, state: State) => {
    const key = state.type === 'wrapped' ? unwrap(person, state.wrappedKey) : null
    return key?.length === dataKeyLength ? right(key) : left(doesNotOpen)
  }

  const findOrCreate =
    (person: string): TaskEither<StoreFailure, Buffer> =>
    async () => {
      const found = await log.read(person)()
      if (isLeft(found)) return found
      if (found.right.state.type === 'wrapped') return open(person, found.right.state)
      const wrappedKey = wrap(person, randomBytes(dataKeyLength))
      const written = await log.write(found.right, person, { type: 'create', person, wrappedKey, at: log.now() })()
      if (isLeft(written)) return written.left.type === 'conflict' ? findOrCreate(person)() : written
      return open(person, written.right)
    }

  return {
    find: (person) => async () => {
      const found = await log.read(person)()
      if (isLeft(found)) return found
      return found.right.state.type === 'absent' ? right(null) : open(person, found.right.state)
    },
    findOrCreate,
  }
}
