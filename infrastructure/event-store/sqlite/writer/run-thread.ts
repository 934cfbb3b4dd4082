import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import { startFailure } from '../sqlite-error.ts'
import { finish, type Opened, type WriterData } from './writer-data.ts'

export type Work<Message, Reply> = { readonly answer: (message: Message) => Reply; readonly close: () => void }

/** It waits on a counter instead of an event loop: see ADR 0025. */
export function runThread<Message, Reply>(open: (log: WriterData['log']) => Work<Message, Reply>) {
  const { log, port, signal } = workerData as WriterData
  try {
    const { answer, close } = open(log)
    port.postMessage({ failure: null } satisfies Opened)
    for (;;) {
      const seen = Atomics.load(signal, 0)
      const received = receiveMessageOnPort(port) as { message: Message | typeof finish } | undefined
      if (received === undefined) {
        Atomics.wait(signal, 0, seen)
        continue
      }
      if (received.message === finish) return close()
      port.postMessage(answer(received.message))
    }
  } catch (error) {
    port.postMessage({ failure: startFailure(error, log.file) } satisfies Opened)
  }
}
