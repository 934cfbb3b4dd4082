import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'

/** What the thread is started with. `progress`: events done, and a counter that is raised whenever there is something new. */
export type ApartData = {
  readonly log: string
  readonly file: string
  readonly names: readonly string[]
  readonly progress: Int32Array
  readonly port: MessagePort
}

/** The thread's only message: how far it came, or why it stopped. */
export type ApartResult = { readonly position: number } | { readonly failure: unknown }

const entry = new URL(import.meta.url.endsWith('.ts') ? './build-apart.worker.ts' : './build-apart.worker.js', import.meta.url)

/** Seconds. Threads that die take their last words with them as long as this one does not return to its event loop. */
const longestSilence = 600

/**
 * Builds the read models of these `names` from `log` into the database `file`, in a thread of its own. `result` waits for it without a pause
 * for anything else, calls `onProgress` with the number of events done, and answers the position reached.
 */
export function buildApart(log: string, file: string, names: readonly string[]) {
  const { port1, port2: port } = new MessageChannel()
  const progress = new Int32Array(new SharedArrayBuffer(8))
  const workerData: ApartData = { log, file, names, progress, port }
  const thread = new Worker(entry, { workerData, transferList: [port] })
  thread.on('error', () => {})
  thread.unref()
  port1.unref()

  const done = () => Atomics.load(progress, 0)
  const received = () => receiveMessageOnPort(port1)?.message as ApartResult | undefined
  const result = (onProgress: (done: number) => void): number => {
    let silence = 0
    for (let heard = Atomics.load(progress, 1); ; heard = Atomics.load(progress, 1)) {
      const message = received()
      if (message !== undefined) {
        if ('failure' in message) throw message.failure
        return message.position
      }
      silence = Atomics.wait(progress, 1, heard, 1_000) === 'timed-out' ? silence + 1 : 0
      if (silence > longestSilence) throw new Error(`the thread that builds ${names.join(', ')} is silent`)
      onProgress(done())
    }
  }
  const stop = () => {
    port1.close()
    void thread.terminate()
  }
  return { done, result, stop }
}
