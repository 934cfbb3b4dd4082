import { isLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RecordedEvent, StoreFailure } from '../../../application/ports/event-store.ts'
import { dataKeyStream, isKeyStream } from '../../../domain/kernel/streams.ts'
import { keyWrap } from '../cipher/key-wrap.ts'
import { type DataKeyLogNeeds, dataKeyLog } from '../keys/data-key-log.ts'
import { systemKeys } from '../keys/system-key.ts'
import { type IndexRotationFailure, indexRotation } from './index-rotation.ts'
import { rewrapDataKey } from './rewrap-data-key.ts'

/** `rewrapped`: keys that this run has moved. */
export type RotationProgress = { readonly position: number; readonly head: number; readonly rewrapped: number }

export type Rotation = DataKeyLogNeeds & {
  readonly from: Buffer
  readonly to: Buffer
  readonly progress?: (progress: RotationProgress) => void
}

const pageSize = 500
const prefix = dataKeyStream('')

const personsIn = (page: readonly RecordedEvent[]) => {
  const streams = page.map((event) => event.stream).filter(isKeyStream)
  return [...new Set(streams)].map((stream) => stream.slice(prefix.length)).filter((person) => person !== systemKeys.index)
}

/** Can be interrupted and run again with the same two keys. Stop all other writers first. */
export function rotateMasterKey({ from, to, progress = () => {}, ...needs }: Rotation) {
  const { store } = needs
  const log = dataKeyLog(needs)
  const [oldWrap, newWrap] = [keyWrap(from), keyWrap(to)]
  const index = indexRotation(log, oldWrap, newWrap)

  /** A page is appended at once, so that the store flushes once. */
  const movePage = (page: readonly RecordedEvent[]) =>
    pipe(
      personsIn(page),
      TE.traverseArray((person) => rewrapDataKey(log, oldWrap, newWrap, person)),
      TE.map((moved) => moved.filter(Boolean).length),
      TE.bindTo('moved'),
      TE.bindW('head', store.head),
    )

  const moveAll: TE.TaskEither<StoreFailure, number> = async () => {
    let rewrapped = 0
    let position = 0
    for (;;) {
      const page = await store.readAll(position, pageSize)()
      if (isLeft(page)) return page
      const last = page.right.at(-1)
      if (last === undefined) return right(rewrapped)
      const outcome = await movePage(page.right)()
      if (isLeft(outcome)) return outcome
      rewrapped += outcome.right.moved
      position = last.position
      progress({ position, head: outcome.right.head, rewrapped })
    }
  }

  return pipe(
    index.begin(),
    TE.chainW(() => moveAll),
    TE.chainFirstW(index.finish),
  ) satisfies TE.TaskEither<StoreFailure | IndexRotationFailure, number>
}
