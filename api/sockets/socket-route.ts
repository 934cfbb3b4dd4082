import type { FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../codecs/decode.ts'
import { strictObject } from '../codecs/strict-object.ts'
import { defineRoute, type Guard, type Route } from '../http/route.ts'
import type { Sockets } from './sockets.ts'

const Query = strictObject({}, { token: t.string })

const hasKnownQuery: Guard = Object.assign(
  ({ query }: FastifyRequest) => {
    const decoded = decode(Query, query)
    return isLeft(decoded) ? { problem: 'VALIDATION_FAILED' as const, errors: decoded.left } : undefined
  },
  { problems: ['VALIDATION_FAILED'] as const },
)

const tokenIn = ({ query }: Pick<FastifyRequest, 'query'>) => (query as t.TypeOf<typeof Query>).token

/** What stands before the upgrade. The handler answers requests that ask for none. */
export function socketRoute({ hasPlace, serve }: Sockets): Route {
  const route = defineRoute({
    method: 'GET',
    url: '/ws',
    tag: 'WebSocket',
    summary: 'Open a WebSocket',
    description:
      'Binary frames are Protobuf Envelopes (proto/gatebook.proto), 64 KiB at most. `token` is an access token; without it the first message is Authenticate, within five seconds. A cookie never authenticates a socket. Close codes: 4001 expired, 4002 invalid, 4003 account disabled, 4008 not authenticated in time, 4009 session revoked.',
    query: Query,
    responses: { 101: null },
    guards: [hasKnownQuery, hasPlace],
    problems: ['UPGRADE_REQUIRED'],
  })(() => ({ problem: 'UPGRADE_REQUIRED' }))
  return { ...route, upgraded: (socket, request) => serve(socket, request, tokenIn(request)) }
}
