import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { HashTurn, Overloaded } from '../../application/ports/hasher.ts'
import { monotonic } from '../clock/monotone-clock.ts'
import { alternately, roundRobin } from '../queues/round-robin.ts'
import { sharedPlaces } from '../queues/shared-places.ts'

/** `expected`: milliseconds per job until some have been measured. */
type Options = {
  readonly concurrency: number
  readonly queueLimit: number
  readonly expected: number
  readonly onRefused?: () => void
}

/** `waiting` for a turn, or for its password. */
export type HashLoad = { readonly running: number; readonly waiting: number; readonly places: number }

export type Place = {
  /** Waits for its turn. */
  readonly run: <A>(job: () => Promise<A>) => Promise<A>
  /** Idempotent. */
  readonly leave: () => void
}

const weight = 0.1

const lane = (limit: number) => ({ limit, places: sharedPlaces(limit), waiting: roundRobin<() => void>() })

type Seat = { readonly lane: ReturnType<typeof lane>; readonly key: string }

/** A quarter more for newcomers, and one for accounts, whatever strangers do. */
const lanesFor = (places: number) => ({ accounts: lane(Math.ceil(places / 4)), networks: lane(places + Math.floor(places / 4)) })

/** `reserveWhenFree` waits for a place instead of being refused. Places are shared by account or network, and so are the turns. `queueLimit` more may wait, and half as many again are kept for newcomers and accounts. */
export function hashQueue({ concurrency, queueLimit, expected, onRefused = () => {} }: Options) {
  const { accounts, networks } = lanesFor(concurrency + queueLimit)
  const nextTurn = alternately([accounts.waiting.next, networks.waiting.next])
  const taken = () => accounts.places.taken() + networks.places.taken()
  const forPlace: (() => void)[] = []
  let running = 0
  let mean = expected

  /** Handed over directly, so that nobody overtakes between two turns of the event loop. */
  const passOn = () => {
    const next = nextTurn()
    if (next === undefined) running -= 1
    else next()
  }

  const inTurn = async <A>({ lane, key }: Seat, job: () => Promise<A>) => {
    if (running < concurrency) running += 1
    else await new Promise<void>((turn) => lane.waiting.push(key, turn))
    const started = monotonic()
    try {
      return await job()
    } finally {
      mean += weight * (monotonic() - started - mean)
      passOn()
    }
  }

  const takeSeat = ({ account, network }: HashTurn): Seat | undefined => {
    if (account !== null && accounts.places.take(account)) return { lane: accounts, key: account }
    return networks.places.take(network) ? { lane: networks, key: network } : undefined
  }

  const placeAt = (seat: Seat): Place => {
    let place: 'free' | 'in_use' | 'given_back' = 'free'
    const giveBack = () => {
      place = 'given_back'
      seat.lane.places.giveBack(seat.key)
      forPlace.shift()?.()
    }
    return {
      run: async (job) => {
        if (place !== 'free') throw new Error('A place in front of the hash is good for one job')
        place = 'in_use'
        return inTurn(seat, job).finally(giveBack)
      },
      leave: () => {
        if (place === 'free') giveBack()
      },
    }
  }

  const reserve = (turn: HashTurn): Either<Overloaded, Place> => {
    const seat = takeSeat(turn)
    if (seat !== undefined) return right(placeAt(seat))
    onRefused()
    return left({ type: 'overloaded', retryAfter: Math.max(1, Math.ceil((taken() * mean) / concurrency / 1000)) })
  }

  /** Whoever finds no place knows that one is in use, which wakes the next in line when it is given back. */
  const reserveWhenFree = async (turn: HashTurn): Promise<Place> => {
    for (;;) {
      const seat = takeSeat(turn)
      if (seat !== undefined) return placeAt(seat)
      await new Promise<void>((free) => forPlace.push(free))
    }
  }
  const places = accounts.limit + networks.limit
  return { reserve, reserveWhenFree, taken, load: (): HashLoad => ({ running, waiting: taken() - running, places }) }
}
