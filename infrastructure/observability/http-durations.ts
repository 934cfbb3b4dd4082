const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const
const name = 'gatebook_http_request_duration_seconds'

type Series = { readonly labels: string; readonly buckets: number[]; sum: number; count: number }

const lines = ({ labels, buckets, sum, count }: Series): string[] => {
  let below = 0
  const counted = bounds.map((bound, index) => {
    below += buckets[index] ?? 0
    return `${name}_bucket{${labels},le="${bound}"} ${below}`
  })
  return [...counted, `${name}_bucket{${labels},le="+Inf"} ${count}`, `${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${count}`]
}

/**
 * How long answers took, by route pattern and class of status. Counted here and not by prom-client, whose label hashing costs more than a
 * guard does. `seriesOf` is called once a route; what it returns is called for every answer.
 */
export function httpDurations() {
  const all: Series[] = []
  return {
    seriesOf: (method: string, route: string): ((status: number, seconds: number) => void) => {
      const byClass = new Array<Series | undefined>(6)
      return (status, seconds) => {
        const hundreds = Math.floor(status / 100)
        let series = byClass[hundreds]
        if (series === undefined) {
          series = {
            labels: `method="${method}",route="${route}",status="${hundreds}xx"`,
            buckets: new Array(bounds.length).fill(0),
            sum: 0,
            count: 0,
          }
          byClass[hundreds] = series
          all.push(series)
        }
        let bucket = 0
        while (seconds > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1
        if (bucket < bounds.length) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1
        series.sum += seconds
        series.count += 1
      }
    },
    /** Prometheus text format, version 0.0.4. */
    render: (): string => [`# HELP ${name} Time to answer, by route.`, `# TYPE ${name} histogram`, ...all.flatMap(lines), ''].join('\n'),
  }
}

export type HttpDurations = ReturnType<typeof httpDurations>
