import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ProblemCode, renderProblem } from '../problems.ts'
import type { ResponseHeaders } from '../protection/security-headers.ts'

const byCode: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'PAYLOAD_TOO_LARGE',
}

/** For what no app of ours answers: ends the connection. */
export function lastResponse(code: ProblemCode, own: ResponseHeaders) {
  const { status, headers, body } = renderProblem(code)
  return {
    status,
    fields: { ...headers, ...own, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    body,
  }
}

const rawResponse = (code: ProblemCode, own: ResponseHeaders): string => {
  const { status, fields, body } = lastResponse(code, own)
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}

/** For input that never became a request: not HTTP, headers too large, or too slow. */
export const answerBrokenRequest =
  (headers: ResponseHeaders) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (socket.writable) socket.write(rawResponse(byCode[error.code ?? ''] ?? 'MALFORMED_REQUEST', headers))
    socket.destroy()
  }

/** For an `Expect` other than `100-continue`, which no Fastify hook sees. */
export const answerUnknownExpectation =
  (headers: ResponseHeaders) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    const { status, fields, body } = lastResponse('MALFORMED_REQUEST', headers)
    response.writeHead(status, fields).end(body)
  }

/** HTTP/1.1 requires `Host`. Node would refuse without a problem document. */
export function lacksHost({ headers, httpVersion }: IncomingMessage) {
  return headers.host === undefined && httpVersion === '1.1'
}
