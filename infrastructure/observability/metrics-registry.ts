/** The part of prom-client's `Registry` that is used, whatever version of it a host app has. */
export type MetricsRegistry = { registerMetric(metric: object): unknown; removeSingleMetric(name: string): unknown }
