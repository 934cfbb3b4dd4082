import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { type Instant, instant } from '../../domain/kernel/instant.ts'

/** Milliseconds after the start: the first hours of a new version are when a defect shows. */
const firstAfter = 300_000

const hour = 3_600_000

type Counts = { readonly checked: number; readonly differences: number }

/** `differences`: null if the comparison failed. `places`: the tables and columns that differ. */
export type Refolded = { readonly at: Instant; readonly checked: number; readonly differences: number | null } & {
  readonly places: readonly string[]
  readonly failure: string | null
}

type RefoldJob = {
  /** 0 for never. */
  readonly hours: number
  /** False while there is nothing to compare yet. */
  readonly isReady: () => boolean
  readonly compare: (onPlace: (place: string) => void) => {
    readonly result: Promise<Either<{ readonly detail: string }, Counts>>
    readonly stop: () => Promise<void>
  }
  readonly now: () => number
  readonly onRefolded: (refolded: Refolded) => void
}

/** One comparison at a time. */
export function refoldJob({ hours, isReady, compare, now, onRefolded }: RefoldJob) {
  let last: Refolded | null = null
  let underWay: ReturnType<typeof compare> | null = null
  let isStopped = false

  const run = async () => {
    if (underWay !== null || isStopped || !isReady()) return
    const places = new Set<string>()
    underWay = compare((place) => places.add(place))
    const done = await underWay.result
    underWay = null
    if (isStopped) return
    const counts = isLeft(done) ? { checked: 0, differences: null, failure: done.left.detail } : { ...done.right, failure: null }
    last = { ...counts, at: instant(now()), places: [...places].sort() }
    onRefolded(last)
  }
  const timers =
    hours === 0 ? [] : [setTimeout(() => void run(), Math.min(firstAfter, hours * hour)), setInterval(() => void run(), hours * hour)]
  for (const timer of timers) timer.unref()
  return {
    run,
    last: () => last,
    stop: async () => {
      isStopped = true
      for (const timer of timers) clearInterval(timer)
      await underWay?.stop()
    },
  }
}
