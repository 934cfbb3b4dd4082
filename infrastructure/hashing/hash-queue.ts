import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Overloaded } from '../../application/ports.ts'
import { monotonic } from '../clock/monotonic.ts'

/** `expected`: milliseconds that one job takes, until some have been measured. */
type Limits = { readonly concurrency: number; readonly queueLimit: number; readonly expected: number }

export type HashQueue = <A>(job: () => Promise<A>) => Promise<Either<Overloaded, A>>

/** How much one more measurement moves the mean. */
const weight = 0.1

/** First come, first served: `concurrency` jobs at once, `queueLimit` waiting behind them, and whoever comes then is told when to come again. */
export const hashQueue = ({ concurrency, queueLimit, expected }: Limits): HashQueue => {
  const waiting: (() => void)[] = []
  let running = 0
  let mean = expected

  const overloaded = (): Overloaded => ({
    is: 'overloaded',
    retryAfter: Math.max(1, Math.ceil(((waiting.length + running) * mean) / concurrency / 1000)),
  })

  /** The place goes from hand to hand, so that nobody overtakes between two turns of the event loop. */
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return async (job) => {
    if (running < concurrency) running += 1
    else if (waiting.length < queueLimit) await new Promise<void>((turn) => waiting.push(turn))
    else return left(overloaded())
    const started = monotonic()
    try {
      return right(await job())
    } finally {
      mean += weight * (monotonic() - started - mean)
      leave()
    }
  }
}
