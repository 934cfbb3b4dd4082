import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { parseAddress } from '../../application/network.ts'
import { warnOnce } from '../../application/warn-once.ts'
import { type ProblemCode, renderProblem } from '../problems.ts'
import { type Injected, responseOf } from './fetch-response.ts'
import type { ServingApp } from './node-handler.ts'

export type FetchHandlerOptions<Context extends readonly unknown[]> = {
  /** The network address of the caller. Without it, and where it is none, all callers share the limits of one network. */
  readonly address?: ((request: Request, ...context: Context) => string | null | undefined) | undefined
}

export type FetchHandler<Context extends readonly unknown[]> = (request: Request, ...context: Context) => Promise<Response>

/** An address that nobody has, and that is no trusted proxy. */
const unknown = '0.0.0.0'

const readAlready = 'the body of a request was read before Gatebook could: hand it the request as it arrived'
const noAddress = '`address` of toFetchHandler returned no network address: such requests share the limits of one network'

/** What Node's parser would have made of it. */
const headersOf = ({ headers, body, url }: Request) => {
  const length = headers.get('content-length')
  const { host, protocol } = new URL(url)
  return {
    host,
    // As HTTP/2 has it. Neither HTTP/1.1 nor `Headers` know such a name, so that no caller can send it.
    ':scheme': protocol.slice(0, -1),
    ...Object.fromEntries([...headers].filter(([name]) => name !== 'transfer-encoding')),
    ...(body !== null && length === null ? { 'transfer-encoding': 'chunked' } : {}),
    // Undefined keeps the injection from naming itself.
    'user-agent': headers.get('user-agent') ?? undefined,
  }
}

class BodyTimeout extends Error {
  /** Fastify answers with it if it reads the body. */
  readonly statusCode = 408
}

/** No server may stand in front that gives up on a body that does not arrive. */
const bodyOf = ({ body }: Request, within: number) => {
  if (body === null) return undefined
  const payload = Readable.fromWeb(body as ReadableStream)
  const timer = setTimeout(() => payload.destroy(new BodyTimeout()), within)
  return payload.once('close', () => clearTimeout(timer)).once('error', () => {})
}

type Needs = ServingApp & { readonly bodyTimeout?: number }

export function fetchHandler<Context extends readonly unknown[]>(
  { app, headers: own, logger, bodyTimeout = 10_000 }: Needs,
  { address }: FetchHandlerOptions<Context> = {},
): FetchHandler<Context> {
  const warn = warnOnce((text) => logger.warn(text))
  const refusal = (code: ProblemCode) => {
    const { status, headers, body } = renderProblem(code)
    return new Response(body, { status, headers: { ...headers, ...own } })
  }
  const addressOf = (request: Request, context: Context) => {
    const parsed = parseAddress(address?.(request, ...context) ?? '')?.toString()
    if (parsed === undefined && address !== undefined) warn(noAddress)
    return parsed ?? unknown
  }
  const serve = async (serving: FastifyInstance, request: Request, remoteAddress: string) => {
    const payload = bodyOf(request, bodyTimeout)
    try {
      const injected = await serving.inject({
        method: request.method as NonNullable<InjectOptions['method']>,
        url: request.url,
        headers: headersOf(request) as NonNullable<InjectOptions['headers']>,
        remoteAddress,
        payloadAsStream: true,
        // It would reject methods that it does not know.
        validate: false,
        ...(payload === undefined ? {} : { payload }),
      })
      return responseOf(injected as Injected, request)
    } catch (error) {
      if (payload?.errored instanceof BodyTimeout) return refusal('REQUEST_TIMEOUT')
      if (payload?.errored != null) return refusal('MALFORMED_REQUEST')
      throw error
    } finally {
      payload?.destroy()
    }
  }
  return async (request, ...context) => {
    if (request.bodyUsed) {
      logger.error(readAlready)
      return refusal('INTERNAL')
    }
    const remoteAddress = addressOf(request, context)
    const serving = await app()
    return serving === undefined ? refusal('STORE_UNAVAILABLE') : serve(serving, request, remoteAddress)
  }
}
