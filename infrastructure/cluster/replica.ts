import { join } from 'node:path'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { startWriterThread } from '../event-store/sqlite/writer/writer-thread.ts'
import { addTo, type Batch, emptyBatch, type Message, type ReplicaWriteFailure, type Reply } from './replica-messages.ts'

/** Read models and a copy of the events on a node: made from the log, and made anew when it is lost. */
export function replicaFile(dataDir: string) {
  return join(dataDir, 'node.db')
}

const worker = new URL(
  import.meta.url.endsWith('.ts') ? '../../composition/replica.worker.ts' : '../../composition/replica.worker.js',
  import.meta.url,
)

/** Two, so that the thread has the next one when it is done with one. */
const batchesOut = 2
/** Events in one transaction, at most. */
const largestBatch = 4_096

/** `died`: the thread has ended; nothing can be written until the process starts again. */
export type ReplicaFailure = ReplicaWriteFailure | { readonly type: 'died'; readonly detail: string }

const died: ReplicaFailure = { type: 'died', detail: 'the thread that keeps the file of this node has died' }

type Out = { readonly through: number; readonly events: readonly RecordedEvent[] }

export type ReplicaOptions = {
  readonly dataDir: string
  /** Called when these events, and all up to `through`, can be read. */
  readonly onKept: (through: number, events: readonly RecordedEvent[]) => void
  readonly onFailure: (failure: ReplicaFailure) => void
}

/**
 * The node's file, written by a thread of its own: this one reads the log and hands it on, the other projects. What arrives while batches are out
 * makes the next one, so that batches are small as long as the thread keeps up and large when it does not.
 */
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

  /** To be waited for where it answers with a promise: there is more than can be held. */
  const takeAll = (events: readonly RecordedEvent[]): void | Promise<void> => {
    if (isStopped) return
    for (const event of events) {
      addTo(next, event)
      waiting.push(event)
    }
    send()
    if (waiting.length >= largestBatch) return new Promise<void>((resolve) => (room = resolve))
  }

  /** Takes no more; what waits is dropped. Settles when nothing is out. */
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
    /** What is taken from now on follows on `position`. */
    goOnFrom: (position: number) => {
      next = emptyBatch(position, false)
      waiting = []
      isStopped = false
      isLive = false
    },
    /** What comes from now on is new. */
    goLive: () => {
      isLive = true
      send()
    },
    take: (event: RecordedEvent) => takeAll([event]),
    takeAll,
    pause,
    /** To be called while paused. */
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
