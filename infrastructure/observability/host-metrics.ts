import { countedBy, watchPositions } from './feed-metrics.ts'
import type { Hooks } from './hooks.ts'
import { createMetrics, type Metrics, type Reading } from './metrics.ts'
import type { MetricsRegistry } from './metrics-registry.ts'

type Watched = Parameters<typeof watchPositions>[1]

type OpenConnections = { readonly liveStreams: Reading; readonly sockets: Reading }

type HostMetrics = {
  readonly counted: (hooks: Hooks) => Hooks
  readonly observeRoute: Metrics['observeRoute'] | undefined
  readonly observeSocketClosed: Metrics['socketClosed'] | undefined
  /** Adds what only an open Gatebook can tell, and shows all in the registry of the host. Returns what takes them out of it. Throws a TypeError for a registry that has them already. */
  readonly begin: (watched: Watched, open: OpenConnections) => () => void
  readonly render: () => Promise<string>
}

const off: HostMetrics = {
  counted: (hooks) => hooks,
  observeRoute: undefined,
  observeSocketClosed: undefined,
  begin: () => () => {},
  render: async () => {
    throw new Error('there are no metrics: set the option metrics')
  },
}

/** Those of Node are the host's, which may have them already. */
export function hostMetrics(given: boolean | MetricsRegistry): HostMetrics {
  if (given === false) return off
  const metrics = createMetrics({ ofProcess: false })
  return {
    counted: (hooks) => countedBy(metrics, hooks),
    observeRoute: metrics.observeRoute,
    observeSocketClosed: metrics.socketClosed,
    begin: (watched, open) => {
      watchPositions(metrics, watched)
      metrics.watchLiveStreams(open.liveStreams)
      metrics.watchSockets(open.sockets)
      if (given === true) return () => {}
      try {
        return metrics.shareWith(given)
      } catch (cause) {
        throw new TypeError('metrics: expected a registry without metrics of another Gatebook', { cause })
      }
    },
    render: metrics.render,
  }
}
