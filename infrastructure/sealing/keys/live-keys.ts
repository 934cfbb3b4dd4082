import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { KeyShredded } from '../../../application/ports/vault.ts'
import { keyCache } from './key-cache.ts'

type Failure = StoreFailure | KeyShredded
type Find = (person: string) => TaskEither<StoreFailure, Buffer | null>

const shredded = left<KeyShredded>({ type: 'key_shredded' })

/** A key is dead from the moment its deletion begins, for calls in progress too. */
export function liveKeys(limit: number) {
  const cache = keyCache(limit)
  const beingShredded = new Set<string>()
  let shreds = 0

  const evict = (person: string) => {
    shreds += 1
    cache.delete(person)
  }

  const evictAll = () => {
    shreds += 1
    cache.clear()
  }

  /** A lookup during which anybody was shredded is repeated: it may have read what was there just before. */
  const use = async <A>(person: string, find: Find, work: (key: Buffer) => Either<Failure, A>): Promise<Either<Failure, A>> => {
    if (beingShredded.has(person)) return shredded
    const cached = cache.get(person)
    if (cached !== undefined) return work(cached)
    const shredsBefore = shreds
    const found = await find(person)()
    if (shreds !== shredsBefore) return use(person, find, work)
    if (isLeft(found)) return found.left.type === 'stream_deleted' ? shredded : found
    if (found.right === null) return shredded
    const outcome = work(found.right)
    cache.set(person, found.right)
    return outcome
  }

  const shred = async <A>(person: string, deletion: () => Promise<A>) => {
    beingShredded.add(person)
    evict(person)
    const outcome = await deletion()
    evict(person)
    beingShredded.delete(person)
    return outcome
  }

  return { use, evict, evictAll, shred }
}
