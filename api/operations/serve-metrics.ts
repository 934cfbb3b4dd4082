import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { MountOptions } from '../http/mount.ts'
import { buildServer } from '../http/server.ts'
import { type ListenFailure, listen } from './listen.ts'
import { metricsRoute } from './metrics-route.ts'

type Needs = Parameters<typeof metricsRoute>[0] & {
  readonly host: string
  /** Of a listener of its own, without which `/metrics` may stand on the public port. */
  readonly port: number | undefined
  readonly mayBePublic: boolean
}

export function metricsServing({ host, port, mayBePublic, ...needs }: Needs) {
  const routes = [metricsRoute(needs)]
  const listenForMetrics = async (options: MountOptions): Promise<Either<ListenFailure, { url?: string; stop: () => Promise<void> }>> => {
    if (port === undefined) return right({ stop: async () => {} })
    const app = buildServer({ ...options, routes })
    const listening = await listen(app, { host, port, named: 'METRICS_HOST and METRICS_PORT' })
    return isLeft(listening) ? listening : right({ url: listening.right, stop: () => app.close() })
  }
  return { onPublicPort: port === undefined && mayBePublic ? routes : [], listenForMetrics }
}
