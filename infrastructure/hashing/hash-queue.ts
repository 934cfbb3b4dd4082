import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Overloaded } from '../../application/ports/hasher.ts'
import { monotonic } from '../clock/monotone-clock.ts'

/** `expected`: milliseconds per job until some have been measured. */
type Options = {
  readonly concurrency: number
  readonly queueLimit: number
  readonly expected: number
  readonly onRefused?: () => void
}

export type Place = {
  /** Waits for its turn. */
  readonly run: <A>(job: () => Promise<A>) => Promise<A>
  /** Idempotent. */
  readonly leave: () => void
}

const weight = 0.1

/** In order of arrival. `queueLimit` more may wait. */
export function hashQueue({ concurrency, queueLimit, expected, onRefused = () => {} }: Options) {
  const waiting: (() => void)[] = []
  let taken = 0
  let running = 0
  let mean = expected

  /** Handed over directly, so that nobody overtakes between two turns of the event loop. */
  const passOn = () => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  const inTurn = async <A>(job: () => Promise<A>) => {
    if (running < concurrency) running += 1
    else await new Promise<void>((turn) => waiting.push(turn))
    const started = monotonic()
    try {
      return await job()
    } finally {
      mean += weight * (monotonic() - started - mean)
      passOn()
    }
  }

  const reserve = (): Either<Overloaded, Place> => {
    if (taken >= concurrency + queueLimit) {
      onRefused()
      return left({ type: 'overloaded', retryAfter: Math.max(1, Math.ceil((taken * mean) / concurrency / 1000)) })
    }
    taken += 1
    let place: 'free' | 'in_use' | 'given_back' = 'free'
    const giveBack = () => {
      place = 'given_back'
      taken -= 1
    }
    return right({
      run: async (job) => {
        if (place !== 'free') throw new Error('A place in front of the hash is good for one job')
        place = 'in_use'
        return inTurn(job).finally(giveBack)
      },
      leave: () => {
        if (place === 'free') giveBack()
      },
    })
  }
  return { reserve, taken: () => taken }
}
