import type { Metric } from 'prom-client'

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const
const name = 'gatebook_http_request_duration_seconds'

type Series = { readonly labels: Readonly<Record<string, string>>; readonly buckets: number[]; sum: number; count: number }

const valuesOf = ({ labels, buckets, sum, count }: Series) => {
  let below = 0
  const counted = bounds.map((bound, index) => {
    below += buckets[index] ?? 0
    return { metricName: `${name}_bucket`, labels: { ...labels, le: bound }, value: below }
  })
  return [
    ...counted,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}

/** The label hashing of prom-client's histogram costs more per response than a guard. */
export function httpDurations() {
  const all: Series[] = []
  const seriesOf = (method: string, route: string, status: string) => {
    const series: Series = { labels: { method, route, status }, buckets: new Array(bounds.length).fill(0), sum: 0, count: 0 }
    all.push(series)
    return series
  }
  const get = async () => ({
    name,
    help: 'Duration of HTTP requests, by route.',
    type: 'histogram',
    aggregator: 'sum',
    values: all.flatMap(valuesOf),
  })
  const reset = () => {
    for (const series of all) Object.assign(series, { buckets: new Array(bounds.length).fill(0), sum: 0, count: 0 })
  }
  return {
    observeRoute: (method: string, route: string) => {
      const byClass = new Array<Series | undefined>(6)
      return (status: number, seconds: number) => {
        const hundreds = Math.floor(status / 100)
        const series = byClass[hundreds] ?? seriesOf(method, route, `${hundreds}xx`)
        byClass[hundreds] = series
        let bucket = 0
        while (seconds > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1
        if (bucket < bounds.length) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1
        series.sum += seconds
        series.count += 1
      }
    },
    collector: { name, get, reset } as unknown as Metric,
  }
}
