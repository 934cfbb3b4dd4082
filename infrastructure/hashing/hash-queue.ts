import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Overloaded } from '../../application/ports/hasher.ts'
import { monotonic } from '../clock/monotonic.ts'

/** `expected`: milliseconds that one job takes, until some have been measured. */
type Options = {
  readonly concurrency: number
  readonly queueLimit: number
  readonly expected: number
  readonly onRefused?: () => void
}

/** Good for one job. */
export type Place = {
  /** Waits for its turn, then runs the job and gives the place back, whatever comes of it. */
  readonly run: <A>(job: () => Promise<A>) => Promise<A>
  /** Gives the place back unused; after `run`, or a second time, it does nothing. */
  readonly leave: () => void
}

/** How much one more measurement moves the mean. */
const weight = 0.1

/** Jobs run `concurrency` at once, first come, first served; `queueLimit` more have a place, and whoever comes then is told when to come again. */
export function hashQueue({ concurrency, queueLimit, expected, onRefused = () => {} }: Options) {
  const waiting: (() => void)[] = []
  let taken = 0
  let running = 0
  let mean = expected

  /** A lane goes from hand to hand, so that nobody overtakes between two turns of the event loop. */
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
