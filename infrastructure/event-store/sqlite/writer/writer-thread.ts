import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { OpenLogFile } from '../file/open-log-file.ts'
import type { SqliteStartFailure } from '../file/start-failure.ts'
import type { Answer, Group } from './wire.ts'
import { finish, type Opened, type WriterData } from './writer-data.ts'

export type WriterThread<Message = Group, Reply = Answer> = {
  readonly send: (message: Message) => void
  readonly listen: (onAnswer: (reply: Reply) => void, onDeath: () => void) => void
  readonly finish: () => Promise<void>
}

/** `entry` must call `runThread`. Right once the file is open. */
export async function startWriterThread<Message = Group, Reply = Answer>(
  entry: URL,
  log: OpenLogFile,
): Promise<Either<SqliteStartFailure, WriterThread<Message, Reply>>> {
  const { port1: port, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const workerData: WriterData = { log, port: port2, signal }
  const thread = new Worker(entry, { workerData, transferList: [port2] })
  const ended = new Promise<undefined>((resolve) => thread.once('exit', () => resolve(undefined)))
  // Its end is handled below; without a listener an error would end this process too.
  thread.on('error', () => {})
  const post = (message: Message | typeof finish) => {
    port.postMessage(message)
    Atomics.add(signal, 0, 1)
    Atomics.notify(signal, 0)
  }
  let finishing = false

  const first = new Promise<Opened>((resolve) => port.once('message', resolve))
  // The end of a thread can be seen before its last message.
  const opened = await Promise.race([first, ended.then(() => receiveMessageOnPort(port)?.message as Opened | undefined)])
  if (opened === undefined || opened.failure !== null) {
    port.close()
    await ended
    return left(opened?.failure ?? { type: 'unavailable', detail: 'the writer thread could not be started' })
  }
  return right({
    send: post,
    listen: (onAnswer, onDeath) => {
      port.on('message', onAnswer)
      void ended.then(() => {
        if (finishing) return
        // A group that was committed just before must count as committed.
        for (let last = receiveMessageOnPort(port); last !== undefined; last = receiveMessageOnPort(port)) onAnswer(last.message)
        port.close()
        onDeath()
      })
    },
    finish: async () => {
      finishing = true
      post(finish)
      await ended
      port.close()
    },
  })
}
