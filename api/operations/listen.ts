import { lookup } from 'node:dns/promises'
import type { FastifyInstance } from 'fastify'
import { type Either, left, right } from 'fp-ts/lib/Either.js'

export type ListenFailure = { readonly type: 'cannot_listen'; readonly detail: string }

/** `named`: the variables that say where. */
type Place = { readonly host: string; readonly port: number; readonly named: string }

export async function listen(app: FastifyInstance, { host, port, named }: Place): Promise<Either<ListenFailure, string>> {
  try {
    // For `localhost` Fastify opens a second server, which has none of our handlers and is not drained.
    const address = host === 'localhost' ? (await lookup(host, { order: 'ipv4first' })).address : host
    return right(await app.listen({ host: address, port }))
  } catch (error) {
    return left({ type: 'cannot_listen', detail: `${named}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}` })
  }
}
