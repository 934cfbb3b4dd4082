import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { instant } from '../../../domain/kernel/instant.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'

export const ada = '0197a6f0-0000-7000-8000-000000000001'
export const bob = '0197a6f0-0000-7000-8000-000000000002'
export const strangers = 'unknown-callers-2026-06'
export const masterKey = Buffer.alloc(32, 1)
export const otherMasterKey = Buffer.alloc(32, 2)

export const newNeeds = () => ({ store: memoryEventStore(), now: () => instant(Date.parse('2026-06-01T12:00:00.000Z')), newId })

export const succeed = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task()
  if (isLeft(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome.left)}`)
  return outcome.right
}
