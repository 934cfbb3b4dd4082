import { randomBytes } from 'node:crypto'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { Refusal, State } from '../../../domain/data-key/decider.ts'
import type { KeyWrap } from '../cipher/key-wrap.ts'
import type { DataKeyLog } from './data-key-log.ts'

export const dataKeyLength = 32

const isRefusal = (failure: Refusal | StoreFailure): failure is Refusal =>
  failure.type === 'no_data_key' || failure.type === 'data_key_rewrapped'

export type PersonKeys = {
  /** `null` if the person has none. */
  readonly find: (person: string) => TaskEither<StoreFailure, Buffer | null>
  /** Of two concurrent calls one creates, and both get its key. */
  readonly findOrCreate: (person: string) => TaskEither<StoreFailure, Buffer>
}

const doesNotOpen: StoreFailure = { type: 'corrupt', detail: 'a data key does not open under MASTER_KEY' }

/** A deleted key is the failure `stream_deleted`. */
export function personKeys(log: DataKeyLog, { wrap, unwrap }: KeyWrap): PersonKeys {
  const open = (person: string, state: State) => {
    const key = state.type === 'wrapped' ? unwrap(person, state.wrappedKey) : null
    return key?.length === dataKeyLength ? right(key) : left(doesNotOpen)
  }

  const findOrCreate =
    (person: string): TaskEither<StoreFailure, Buffer> =>
    async () => {
      const found = await log.load(person)()
      if (isLeft(found)) return found
      if (found.right.state.type === 'wrapped') return open(person, found.right.state)
      const wrappedKey = wrap(person, randomBytes(dataKeyLength))
      const created = await log.decide(person, { type: 'create', person, wrappedKey, at: log.now() })()
      if (isLeft(created)) return isRefusal(created.left) ? left(doesNotOpen) : left(created.left)
      return open(person, created.right.state)
    }

  return {
    find: (person) => async () => {
      const found = await log.load(person)()
      if (isLeft(found)) return found
      return found.right.state.type === 'absent' ? right(null) : open(person, found.right.state)
    },
    findOrCreate,
  }
}
