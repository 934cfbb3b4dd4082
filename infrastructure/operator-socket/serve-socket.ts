import { once } from 'node:events'
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { AnswerOperator, OperatorAnswer } from './answer.ts'
import { isUsableSocketPath, socketPath } from './socket-path.ts'

const largestBody = 65_536

class TooLarge extends Error {}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestBody) throw new TooLarge('body')
    parts.push(part)
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
}

const malformed: OperatorAnswer = { refused: { code: 'MALFORMED_REQUEST', title: 'The request is not a call of an operator' } }
const failed: OperatorAnswer = { refused: { code: 'INTERNAL', title: 'Something went wrong' } }

const send = (response: ServerResponse, status: number, answer: OperatorAnswer) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

/** `patience`: milliseconds that a stop waits for calls. */
type Options = {
  readonly dataDir: string
  readonly answer: AnswerOperator
  readonly onFault: (error: unknown) => void
  readonly patience?: number
}

const answerRequest = async (request: IncomingMessage, response: ServerResponse, { answer, onFault }: Options) => {
  let input: unknown
  try {
    if (request.method !== 'POST' || !/^\/[a-zA-Z.]{1,64}$/.test(request.url ?? '')) return send(response, 400, malformed)
    input = await bodyOf(request)
  } catch (error) {
    response.shouldKeepAlive = false
    return send(response, error instanceof TooLarge ? 413 : 400, malformed)
  }
  try {
    send(response, 200, await answer((request.url ?? '').slice(1), input))
  } catch (error) {
    onFault(error)
    send(response, 500, failed)
  }
}

export type OperatorSocket = { readonly close: () => Promise<void> }

/**
 * Listens for the commands of operators. The caller must hold the data directory: a socket that is there is taken for a remainder.
 * It is bound in a folder that only this user can enter and renamed when its mode is right, so that nobody else can connect in between.
 */
export async function serveOperatorSocket(options: Options): Promise<OperatorSocket> {
  const path = socketPath(options.dataDir)
  const folder = join(options.dataDir, '.operator')
  const draft = join(folder, 's')
  if (!isUsableSocketPath(path)) throw Object.assign(new Error('path too long'), { code: 'ENAMETOOLONG' })
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    (request, response) => {
      request.on('error', () => {})
      void answerRequest(request, response, options)
    },
  )
  server.maxConnections = 32
  server.unref()
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    server.listen({ path: draft })
    await once(server, 'listening')
    chmodSync(draft, 0o600)
    renameSync(draft, path)
  } catch (error) {
    server.close()
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  let closing: Promise<void> | null = null
  const close = async () => {
    rmSync(path, { force: true })
    const letGo = setInterval(() => server.closeIdleConnections(), 50)
    // A connection that never sent a request is not idle for Node.
    const giveUp = setTimeout(() => server.closeAllConnections(), options.patience ?? 3_000)
    await new Promise<void>((done) => server.close(() => done()))
    clearInterval(letGo)
    clearTimeout(giveUp)
  }
  return { close: () => (closing ??= close()) }
}
