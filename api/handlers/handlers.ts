import type { FastifyInstance } from 'fastify'
import type { MountOptions } from '../http/mount.ts'
import { type FetchHandler, type FetchHandlerOptions, fetchHandler } from './fetch-handler.ts'
import { handlerApp } from './handler-app.ts'
import { type NodeHandler, nodeHandler, type ServingApp } from './node-handler.ts'
import { ownPaths } from './own-paths.ts'

/** All of them are served by one app, so that they share the limits by address. It is built for the first of them. */
export function handlers(options: MountOptions, prefix: string) {
  let opened: Promise<FastifyInstance> | undefined
  let isClosed = false
  const open = async () => {
    const app = handlerApp(options, prefix)
    await app.ready()
    return app
  }
  const serving: ServingApp = {
    app: () => {
      if (isClosed) return undefined
      opened ??= open()
      return opened
    },
    isOwn: ownPaths(options.routes, prefix),
    logger: options.logger,
  }
  return {
    toNodeHandler: (): NodeHandler => nodeHandler(serving),
    toFetchHandler: <Context extends readonly unknown[] = unknown[]>(given?: FetchHandlerOptions<Context>): FetchHandler<Context> =>
      fetchHandler(serving, given),
    /** Requests that come later are answered with 503. */
    close: () => {
      isClosed = true
    },
  }
}
