import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { renderProblem } from '../problems.ts'
import { type ResponseHeaders, securityHeaders } from '../protection/security-headers.ts'
import { answerBrokenRequest, answerUnknownExpectation } from './broken-request.ts'

const live = { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"status":"live"}' }
const starting = renderProblem('STARTING')

const answerWhileStarting =
  (own: ResponseHeaders) =>
  ({ method = '', url = '' }: IncomingMessage, response: ServerResponse) => {
    const isLive = (method === 'GET' || method === 'HEAD') && url.split('?')[0] === '/health/live'
    const { status, headers, body } = isLive ? live : starting
    const length = String(Buffer.byteLength(body))
    response.writeHead(status, { ...headers, ...own, 'content-length': length, connection: 'close' })
    response.end(method === 'HEAD' ? undefined : body)
  }

/** `requestTimeout`: milliseconds for a whole request, headers and body, to arrive. */
export function httpOptions(requestTimeout: number) {
  return {
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: Math.min(1000, requestTimeout),
    joinDuplicateHeaders: true,
    requireHostHeader: false,
  }
}

export type EarlyServer = {
  readonly server: Server
  /** Keeps the app's handler until `open`. */
  readonly attach: (handler: RequestListener) => Server
  readonly open: () => void
}

export const timeouts = { connectionTimeout: 60_000, keepAliveTimeout: 65_000 }

/** Can listen before there is an app: says that it is alive, and 503 to everything else. */
export function earlyServer(headers: ResponseHeaders = securityHeaders, requestTimeout = 10_000): EarlyServer {
  let answer: RequestListener = answerWhileStarting(headers)
  let attached = answer
  const server = createServer({ ...httpOptions(requestTimeout), requestTimeout }, (request, response) => answer(request, response))
  server.keepAliveTimeout = timeouts.keepAliveTimeout
  server.setTimeout(timeouts.connectionTimeout)
  server.on('clientError', answerBrokenRequest(headers)).on('checkExpectation', answerUnknownExpectation(headers))
  return {
    server,
    attach: (handler) => {
      attached = handler
      // The app brings its own.
      server.removeAllListeners('clientError').removeAllListeners('checkExpectation')
      return server
    },
    open: () => {
      answer = attached
    },
  }
}
