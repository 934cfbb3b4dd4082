import type { MountOptions } from '../http/mount.ts'
import { securityHeaders } from '../protection/security-headers.ts'
import { type FetchHandler, type FetchHandlerOptions, fetchHandler } from './fetch-handler.ts'
import { handlerApp } from './handler-app.ts'
import { type NodeHandler, nodeHandler, type ServingApp } from './node-handler.ts'
import { ownPaths } from './own-paths.ts'
import { type UpgradeHandler, upgradeHandler } from './upgrade-handler.ts'

/** All of them are served by one app, so that they share the limits by address. It is built for the first of them. */
export function handlers(options: MountOptions, prefix: string) {
  let opened: Promise<ReturnType<typeof handlerApp>> | undefined
  let isClosed = false
  const open = async () => {
    const serving = handlerApp(options, prefix)
    await serving.app.ready()
    return serving
  }
  const openOnce = () => {
    if (isClosed) return undefined
    opened ??= open()
    return opened
  }
  const serving: ServingApp = {
    app: () => openOnce()?.then(({ app }) => app),
    isOwn: ownPaths(options.routes, prefix),
    headers: options.headers ?? securityHeaders,
    logger: options.logger,
  }
  return {
    toNodeHandler: (): NodeHandler => nodeHandler(serving),
    toUpgradeHandler: (): UpgradeHandler =>
      upgradeHandler({
        paths: options.routes.flatMap(({ url, upgraded }) => (upgraded === undefined ? [] : [prefix + url])),
        upgrades: () => openOnce()?.then(({ upgrades }) => upgrades),
        logger: options.logger,
      }),
    toFetchHandler: <Context extends readonly unknown[] = unknown[]>(given?: FetchHandlerOptions<Context>): FetchHandler<Context> =>
      fetchHandler(serving, given),
    /** Requests that come later are answered with 503. */
    close: () => {
      isClosed = true
    },
  }
}
