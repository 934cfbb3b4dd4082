import { type Either, isRight } from 'fp-ts/lib/Either.js'
import type { HashTurn } from '../../application/ports/hasher.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { hashQueue, Place } from '../../infrastructure/hashing/hash-queue.ts'

/** Each number is a network of its own. */
export const stranger = (n: number): HashTurn => ({ network: `2001:db8:${n}`, account: null })

/** Each number is an account of its own; all of them call from one network. */
export const owner = (n: number, network = '192.0.2.1'): HashTurn => ({ network, account: `account-${n}` as AccountId })

export const settled = () => new Promise((done) => setImmediate(done))

export const taken = (place: Either<unknown, Place>) => {
  if (isRight(place)) return place.right
  throw new Error('There was no place')
}

export type Queue = ReturnType<typeof hashQueue>

/** The places that one caller gets by asking until there are none. */
export const allFor = (queue: Queue, turn: HashTurn) => {
  const places: Place[] = []
  for (let next = queue.reserve(turn); isRight(next); next = queue.reserve(turn)) places.push(next.right)
  return places
}

/** Those for newcomers and for accounts come on top of what is asked for. */
export const placesOf = (places: number) => places + Math.floor(places / 4) + Math.ceil(places / 4)

/** Every place, taken by as many networks and accounts. */
export const everyPlace = (queue: Queue) =>
  Array.from({ length: 100 }, (_, n) => [stranger(1_000 + n), owner(1_000 + n, stranger(1_000 + n).network)])
    .flat()
    .map(queue.reserve)
    .filter(isRight).length
