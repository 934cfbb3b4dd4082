import { isLeft } from 'fp-ts/lib/Either.js'
import type { Proofs, SignedHead } from '../open-proofs.ts'
import type { Cosigned } from '../witnesses/ask-witnesses.ts'
import type { SendingVariable, Target } from './target.ts'

/** Milliseconds. */
const [atStart, retryAfter] = [30_000, 60_000]

type Options = Pick<Proofs, 'checkpoint'> & {
  readonly targets: readonly Target[]
  /** Milliseconds. */
  readonly interval: number
  /** Called once for each new failure of a target, and with null when it is over. */
  readonly onOutcome: (name: SendingVariable, failure: string | null) => void
  /** Asked for signatures of others before anything is sent, which is sent without them if need be. */
  readonly cosign?: ((head: SignedHead) => Promise<Cosigned>) | undefined
}

/** Signs in each interval in which something was recorded, and sends it to all targets. What fails is tried again; nobody waits for it. */
export function sendCheckpoints({ checkpoint, targets, interval, onOutcome, cosign }: Options) {
  const sent = new Map<string, number>()
  const failing = new Map<string, string>()
  let timer: NodeJS.Timeout | null = null
  let running: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const report = (name: SendingVariable, failure: string | null) => {
    if (failure === (failing.get(name) ?? null)) return
    if (failure === null) failing.delete(name)
    else failing.set(name, failure)
    onOutcome(name, failure)
  }
  /** Whether nothing has to be tried again. */
  const sendAll = async () => {
    const signed = await checkpoint()
    if (isLeft(signed)) return false
    const { head, failure: missing } = cosign === undefined ? { head: signed.right, failure: null } : await cosign(signed.right)
    if (cosign !== undefined) report('PROOFS_WITNESSES', missing)
    const due = targets.filter(({ name }) => sent.get(name) !== head.size)
    const failures = await Promise.all(
      due.map(async ({ name, send }) => {
        const failure = await send(head)
        if (failure === null) sent.set(name, head.size)
        report(name, failure)
        return failure
      }),
    )
    return missing === null && failures.every((failure) => failure === null)
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
  schedule(targets.length === 0 && cosign === undefined ? interval : Math.min(interval, atStart))
  return {
    close: async () => {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
