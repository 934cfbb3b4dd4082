import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { OperatorAnswer } from './answer.ts'
import { isUsableSocketPath, socketPath } from './socket-path.ts'

/** `nobody_listens`: nothing was done. `lost`: the server went away, and the call may have been carried out. */
export type SocketFailure =
  | { readonly type: 'nobody_listens' }
  | { readonly type: 'not_allowed' }
  | { readonly type: 'path_too_long'; readonly path: string }
  | { readonly type: 'lost' }

const failureOf = (error: NodeJS.ErrnoException): SocketFailure => {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTSOCK') return { type: 'nobody_listens' }
  return { type: error.code === 'EACCES' || error.code === 'EPERM' ? 'not_allowed' : 'lost' }
}

export function callOperatorSocket(dataDir: string, call: string, input: unknown): Promise<Either<SocketFailure, OperatorAnswer>> {
  const path = socketPath(dataDir)
  if (!isUsableSocketPath(path)) return Promise.resolve(left({ type: 'path_too_long', path }))
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve(left(failureOf(error)))
    const sent = request({ socketPath: path, path: `/${call}`, method: 'POST', agent: false })
    sent.on('error', fail)
    sent.on('response', (response) => {
      json(response).then((answer) => resolve(right(answer as OperatorAnswer)), fail)
    })
    sent.end(JSON.stringify(input))
  })
}
