import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { lastResponse } from '../http/broken-request.ts'
import type { ProblemCode } from '../problems.ts'
import type { ResponseHeaders } from '../protection/security-headers.ts'

/** For `node:http`, Express and Connect. Calls `next`, if there is one, for what is not Gatebook's. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void

export type ServingApp = {
  /** Undefined once Gatebook is closed. */
  readonly app: () => Promise<FastifyInstance> | undefined
  readonly isOwn: (url: string) => boolean
  readonly headers: ResponseHeaders
  readonly logger: Pick<Logger, 'error' | 'warn'>
}

const isReadAlready = ({ headers, readableDidRead, readableEnded }: IncomingMessage) =>
  (readableDidRead || readableEnded) && (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0')

const readAlready = 'the body of a request was read before Gatebook could: put its handler before body parsers such as express.json()'

const noTimeout =
  'requestTimeout of the server is 0: a request may keep its body back for as long as it likes. Set it, for example to 10000, when you create the server'

/** Node does not declare that a socket knows its server. */
type Accepted = { readonly server?: Pick<Server, 'requestTimeout'> }

export function nodeHandler({ app, isOwn, headers, logger }: ServingApp): NodeHandler {
  let isWatching = true
  const watchTimeout = ({ server }: Accepted) => {
    if (isWatching && server?.requestTimeout === 0) logger.warn(noTimeout)
    isWatching = false
  }
  const answer = (response: ServerResponse, code: ProblemCode) => {
    if (response.headersSent) return void response.destroy()
    const { status, fields, body } = lastResponse(code, headers)
    response.writeHead(status, fields).end(body)
  }
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    watchTimeout(request.socket as Accepted)
    if (isReadAlready(request)) {
      logger.error(readAlready)
      return answer(response, 'INTERNAL')
    }
    const serving = await app()
    if (serving === undefined) answer(response, 'STORE_UNAVAILABLE')
    else serving.routing(request, response)
  }
  return (request, response, next) => {
    if (next !== undefined && !isOwn(request.url ?? '')) return next()
    serve(request, response).catch((error: unknown) => {
      logger.error({ error }, 'request handler failed')
      answer(response, 'INTERNAL')
    })
  }
}
