import { join } from 'node:path'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { startWriterThread } from '../event-store/sqlite/writer/writer-thread.ts'
import { addTo, type Batch, emptyBatch, type Message, type ReplicaWriteFailure, type Reply } from './replica-messages.ts'

export function replicaFile(dataDir: string) {
  return join(dataDir, 'node.db')
}

const worker = new URL(
  import.meta.url.endsWith('.ts') ? '../../composition/replica.worker.ts' : '../../composition/replica.worker.js',
  import.meta.url,
)

const batchesOut = 2
const largestBatch = 4_096

/** `died`: nothing can be written until the process starts again. */
export type ReplicaFailure = ReplicaWriteFailure | { readonly type: 'died'; readonly detail: string }

const died: ReplicaFailure = { type: 'died', detail: 'the thread that keeps the file of this node has died' }

type Out = { readonly through: number; readonly events: readonly RecordedEvent[] }

export type ReplicaOptions = {
  readonly dataDir: string
  /** These events, and all up to `through`, can be read. */
  readonly onKept: (through: number, events: readonly RecordedEvent[]) => void
  readonly onFailure: (failure: ReplicaFailure) => void
}

/** A thread writes the file. Events that arrive meanwhile form the next batch, so batches grow only when the thread is behind. */
export async function openReplica({ dataDir, onKept, onFailure }: ReplicaOptions) {
  const file = replicaFile(dataDir)
  const started = await startWriterThread<Message, Reply>(worker, { file, create: true })
  if (isLeft(started)) return started
  const thread = started.right

  let next: Batch = emptyBatch(0, false)
  let waiting: RecordedEvent[] = []
  const out: Out[] = []
  let isStopped = true
  let isLive = false
  let isDead = false
  let room: (() => void) | null = null
  let wiped: ((reply: Reply) => void) | null = null
  let idle: PromiseWithResolvers<void> | null = null

  const settle = () => {
    idle?.resolve()
    idle = null
  }
  const send = () => {
    if (isStopped || out.length >= batchesOut) return
    if (waiting.length === 0 && isLive === next.isLive) return
    next.isLive = isLive
    thread.send(next)
    out.push({ through: next.through, events: waiting })
    next = emptyBatch(next.through, isLive)
    waiting = []
    room?.()
    room = null
  }
  const stop = (failure: ReplicaFailure) => {
    isStopped = true
    waiting = []
    room?.()
    room = null
    onFailure(failure)
  }
  const onReply = ({ failure }: Reply) => {
    if (wiped !== null) return wiped({ failure })
    const done = out.shift()
    if (failure === null && done !== undefined) onKept(done.through, done.events)
    else if (failure !== null && !isStopped) stop(failure)
    send()
    if (out.length === 0) settle()
  }
  thread.listen(onReply, () => {
    isDead = true
    out.length = 0
    settle()
    wiped?.({ failure: { type: 'file', detail: died.detail } })
    stop(died)
  })

  /** A promise means that the buffer is full: wait for it. */
  const takeAll = (events: readonly RecordedEvent[]): void | Promise<void> => {
    if (isStopped) return
    for (const event of events) {
      addTo(next, event)
      waiting.push(event)
    }
    send()
    if (waiting.length >= largestBatch) return new Promise<void>((resolve) => (room = resolve))
  }

  const pause = async () => {
    isStopped = true
    waiting = []
    room?.()
    room = null
    if (out.length === 0) return
    idle ??= Promise.withResolvers()
    await idle.promise
  }

  return right({
    file,
    goOnFrom: (position: number) => {
      next = emptyBatch(position, false)
      waiting = []
      isStopped = false
      isLive = false
    },
    goLive: () => {
      isLive = true
      send()
    },
    take: (event: RecordedEvent) => takeAll([event]),
    takeAll,
    pause,
    /** Only while paused. */
    wipe: async (): Promise<ReplicaFailure | null> => {
      if (isDead) return died
      const reply = await new Promise<Reply>((resolve) => {
        wiped = resolve
        thread.send('wipe')
      })
      wiped = null
      return reply.failure
    },
    close: async () => {
      await pause()
      await thread.finish()
    },
  })
}

export type Replica = Extract<Awaited<ReturnType<typeof openReplica>>, { readonly _tag: 'Right' }>['right']
