import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { ProblemCode } from '../problems.ts'
import type { Chunk, Stream } from './subscribers.ts'

export const mostBytesWaiting = 65_536

const endWithinMs = 1_000

export function opening(id: string) {
  return `retry: 2000\nid: ${id}\n\n`
}
export function entryEvent(id: string, json: string) {
  return `event: entry\nid: ${id}\ndata: ${json}\n\n`
}
export function resetEvent(id: string) {
  return `event: reset\nid: ${id}\ndata: {}\n\n`
}
const endEvent = (code: ProblemCode) => `event: end\ndata: ${JSON.stringify({ code })}\n\n`
const comment = ':\n\n'

/** That of an injected request has neither. */
type Connection = { readonly destroyed?: boolean; readonly destroy?: () => unknown }

export type EventStream = Stream & { readonly body: Readable }

/** Server-sent events for one reader. A reader that does not read what waits is cut off. */
export function eventStream({ socket }: Pick<IncomingMessage, 'socket'>): EventStream {
  const connection: Connection = socket
  const body = new Readable({ read: () => {} })

  const send = (chunk: Chunk) => {
    if (body.destroyed) return
    if (body.readableLength + chunk.length > mostBytesWaiting) body.destroy()
    else body.push(chunk)
  }
  return {
    body,
    send,
    beat: () => send(comment),
    /** A connection may be gone before its response has begun. */
    isOver: () => body.destroyed || connection.destroyed === true,
    end: (code: ProblemCode | null) => {
      if (code !== null) send(endEvent(code))
      if (!body.destroyed) body.push(null)
      setTimeout(() => connection.destroy?.(), endWithinMs).unref()
    },
  }
}
