import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { RecordedEvent, StoreFailure } from '../../application/event-store.ts'
import { dataKeyStream, isKeyStream } from '../../domain/kernel/streams.ts'
import { type DataKeyLogNeeds, dataKeyLog } from './data-key-log.ts'
import { indexKeyHolder } from './index-key.ts'
import { type IndexRotationFailure, indexRotation } from './index-rotation.ts'
import { keyWrap } from './key-wrap.ts'

/** `position` of `head` has been gone through; `rewrapped` keys are under the new master key by this run. */
export type RotationProgress = { readonly position: number; readonly head: number; readonly rewrapped: number }

export type Rotation = DataKeyLogNeeds & {
  readonly from: Buffer
  readonly to: Buffer
  readonly progress?: (progress: RotationProgress) => void
}

const pageSize = 500
const prefix = dataKeyStream('')
const opensUnderNeither: StoreFailure = { is: 'corrupt', detail: 'a data key opens under neither master key' }

const personsIn = (page: readonly RecordedEvent[]) => {
  const streams = page.map((event) => event.stream).filter(isKeyStream)
  return [...new Set(streams)].map((stream) => stream.slice(prefix.length)).filter((person) => person !== indexKeyHolder)
}

/**
 * Puts every data key under another master key; the keys themselves, and with them all that is sealed, stay as they are. It may
 * be broken off at any moment and run again with the same two keys; until it is through, neither of them starts a server. Other
 * processes that write to the log must be stopped. Answers with the number of persons' keys that this run moved.
 */
export const rotateMasterKey =
  ({ from, to, progress = () => {}, ...needs }: Rotation): TaskEither<StoreFailure | IndexRotationFailure, number> =>
  async () => {
    const log = dataKeyLog(needs)
    const [oldWrap, newWrap] = [keyWrap(from), keyWrap(to)]
    const index = indexRotation(log, oldWrap, newWrap)

    const rewrap = async (person: string): Promise<ReturnType<typeof left<StoreFailure>> | ReturnType<typeof right<number>>> => {
      const found = await log.read(person)()
      if (isLeft(found)) return found.left.is === 'stream_deleted' ? right(0) : left(found.left)
      const { state } = found.right
      if (state.is === 'absent' || newWrap.unwrap(person, state.wrappedKey) !== null) return right(0)
      const key = oldWrap.unwrap(person, state.wrappedKey)
      if (key === null) return left(opensUnderNeither)
      const written = await log.write(found.right, person, { do: 'rewrap', wrappedKey: newWrap.wrap(person, key), at: log.now() })()
      if (isLeft(written)) return written.left.is === 'conflict' ? rewrap(person) : left(written.left)
      return right(1)
    }

    const begun = await index.begin()()
    if (isLeft(begun)) return begun
    let rewrapped = 0
    let position = 0
    for (;;) {
      const page = await needs.store.readAll(position, pageSize)()
      if (isLeft(page)) return page
      const last = page.right.at(-1)
      if (last === undefined) break
      for (const moved of await Promise.all(personsIn(page.right).map(rewrap))) {
        if (isLeft(moved)) return moved
        rewrapped += moved.right
      }
      position = last.position
      const head = await needs.store.head()()
      if (isLeft(head)) return head
      progress({ position, head: head.right, rewrapped })
    }
    const finished = await index.finish()()
    return isLeft(finished) ? finished : right(rewrapped)
  }
