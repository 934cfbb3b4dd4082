import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export type Watched<A> = {
  readonly done: A
  readonly requests: number
  readonly median: number
  readonly p999: number
  readonly slowest: number
}

/** Milliseconds of the guarded requests that somebody else makes, one after another in a thread of their own, while `work` runs. */
export async function watchSomebody<A>(url: string, token: string, work: () => Promise<A>): Promise<Watched<A>> {
  const watcher = new Worker(new URL('./watch-somebody.worker.ts', import.meta.url), { workerData: { url, token } })
  const failed = once(watcher, 'error').then(([error]) => {
    throw error
  })
  await Promise.race([once(watcher, 'message'), failed])
  const done = await Promise.race([work(), failed])
  watcher.postMessage('stop')
  const [durations] = (await Promise.race([once(watcher, 'message'), failed])) as [readonly number[]]
  failed.catch(() => undefined)
  await watcher.terminate()
  const at = (share: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? Number.NaN
  return { done, requests: durations.length, median: at(0.5), p999: at(0.999), slowest: at(1) }
}
