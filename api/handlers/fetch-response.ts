import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

/** A response whose head is there, and whose body is on its way. */
export type Injected = {
  readonly statusCode: number
  readonly headers: OutgoingHttpHeaders
  readonly stream: () => Readable
  readonly raw: { readonly res: ServerResponse }
}

/** Of one connection, which is the host's. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date'])

const headersOf = (given: OutgoingHttpHeaders) => {
  const headers = new Headers()
  for (const [name, value = ''] of Object.entries(given)) {
    if (ofConnection.has(name)) continue
    for (const one of Array.isArray(value) ? value : [String(value)]) headers.append(name, one)
  }
  return headers
}

const isBodyless = (status: number, method: string) => method === 'HEAD' || status === 204 || status === 304

/** Not `Readable.toWeb`, which throws where nobody can catch it when a chunk follows the cancellation. */
const streamOf = (body: Readable) => {
  const chunks = body[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(new Uint8Array(value))
      },
      cancel: () => void body.destroy(),
    },
    { highWaterMark: 0 },
  )
}

/** A reader that goes away ends what writes to it, such as a live stream. */
export function responseOf({ statusCode: status, headers, stream, raw }: Injected, { method, signal }: Request): Response {
  const head = { status, headers: headersOf(headers) }
  const body = stream()
  if (isBodyless(status, method)) {
    body.resume()
    return new Response(null, head)
  }
  const stop = () => void body.destroy()
  body.once('close', () => {
    signal.removeEventListener('abort', stop)
    if (!body.readableEnded) raw.res.destroy()
  })
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  return new Response(streamOf(body), head)
}
