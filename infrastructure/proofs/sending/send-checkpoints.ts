import { isLeft } from 'fp-ts/lib/Either.js'
import type { Proofs } from '../open-proofs.ts'
import type { Target } from './target.ts'

/** Milliseconds. */
const [atStart, retryAfter] = [30_000, 60_000]

type Options = Pick<Proofs, 'checkpoint'> & {
  readonly targets: readonly Target[]
  /** Milliseconds. */
  readonly interval: number
  /** Called once for each new failure of a target, and with null when it is over. */
  readonly onOutcome: (name: Target['name'], failure: string | null) => void
}

/** Signs in each interval in which something was recorded, and sends it to all targets. What fails is tried again; nobody waits for it. */
export function sendCheckpoints({ checkpoint, targets, interval, onOutcome }: Options) {
  const sent = new Map<string, number>()
  const failing = new Map<string, string>()
  let timer: NodeJS.Timeout | null = null
  let running: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const report = (name: Target['name'], failure: string | null) => {
    if (failure === (failing.get(name) ?? null)) return
    if (failure === null) failing.delete(name)
    else failing.set(name, failure)
    onOutcome(name, failure)
  }
  /** Whether nothing has to be tried again. */
  const sendAll = async () => {
    const head = await checkpoint()
    if (isLeft(head)) return false
    const due = targets.filter(({ name }) => sent.get(name) !== head.right.size)
    const failures = await Promise.all(
      due.map(async ({ name, send }) => {
        const failure = await send(head.right)
        if (failure === null) sent.set(name, head.right.size)
        report(name, failure)
        return failure
      }),
    )
    return failures.every((failure) => failure === null)
  }
  const schedule = (after: number) => {
    if (isClosed) return
    timer = setTimeout(() => {
      running = sendAll().then(
        (isDone) => schedule(isDone ? interval : Math.min(interval, retryAfter)),
        () => schedule(Math.min(interval, retryAfter)),
      )
    }, after).unref()
  }
  // The first checkpoint creates the key: a process that ends soon leaves no trace of it, unless somebody waits for one.
  schedule(targets.length === 0 ? interval : Math.min(interval, atStart))
  return {
    close: async () => {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
