import type { IncomingHttpHeaders } from 'node:http'

/** A request of any Fastify app, whatever its server, logger and type provider are. */
export type HostRequest = { readonly headers: IncomingHttpHeaders; readonly method: string; readonly routeOptions: object }

/** A reply of any Fastify app. */
export type HostReply = { readonly statusCode: number; readonly raw: object; readonly hijack: () => unknown }

/** Any Fastify app. */
export type HostApp = { readonly server: object; readonly log: object; readonly addHook: unknown; readonly register: unknown }

/** A hook for `onRequest`, and for any later one that has no payload. */
export type GuardHook = (request: HostRequest, reply: HostReply, done: (error?: Error) => void) => void
