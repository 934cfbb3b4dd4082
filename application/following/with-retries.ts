/** Milliseconds; does not reject when `signal` is aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

const firstMs = 1_000
const longestMs = 60_000

export type Failure = { readonly error: unknown; readonly attempt: number; readonly retryInMs: number }

type Retrying<A> = {
  readonly work: () => Promise<A>
  readonly retries: number
  readonly isTransient?: (error: unknown) => boolean
  readonly onFailure: (failure: Failure) => void
  readonly pause: Pause
  readonly signal: AbortSignal
}

/** Pauses 1 s, doubled up to 60 s. Rejects with the last error; `undefined` if `signal` was aborted during a pause. */
export async function withRetries<A>({ work, retries, isTransient = () => true, onFailure, pause, signal }: Retrying<A>) {
  for (let attempt = 1; ; attempt++) {
    try {
      return { value: await work() }
    } catch (error) {
      if (signal.aborted) return undefined
      if (attempt > retries || !isTransient(error)) throw error
      const retryInMs = Math.min(longestMs, firstMs * 2 ** (attempt - 1))
      onFailure({ error, attempt, retryInMs })
      await pause(retryInMs, signal)
      if (signal.aborted) return undefined
    }
  }
}
