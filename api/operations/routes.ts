import * as t from 'io-ts'
import type { Metrics } from '../../infrastructure/observability/metrics.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { docsPage, docsPolicy } from '../openapi/docs-page.ts'
import { openApiDocument } from '../openapi/document.ts'
import type { ProblemAnswer } from '../problems.ts'

type Dependencies = {
  readonly metrics: Pick<Metrics, 'render'>
  /** Why nobody can be let in: the log is out of reach, or the read models are behind. Null when all is well. */
  readonly unready: () => Promise<ProblemAnswer | null>
  /** Those that are described beside these. */
  readonly routes: readonly Route[]
}

const tag = 'Operations'
const health = t.strict({ status: t.keyof({ live: null, ready: null }) })

/** What the operator asks. Open to whoever reaches the port, which is loopback unless `HOST` says otherwise; a proxy should not pass `/metrics` on. */
export function operationsRoutes({ metrics, unready, routes }: Dependencies): readonly Route[] {
  const live = defineRoute({
    method: 'GET',
    url: '/health/live',
    tag,
    summary: 'Is the process up?',
    answers: { 200: health },
    limit: 'none',
  })(() => ({ status: 200, body: { status: 'live' } }))

  const ready = defineRoute({
    method: 'GET',
    url: '/health/ready',
    tag,
    summary: 'Can it let people in? The log is reachable and the read models are fresh.',
    answers: { 200: health },
    description: 'The `reason` of a 503 is `log_unreachable`, `writer_dead`, `catching_up`, `stale`, `rebuilding` or `projection_stopped`.',
    problems: ['STORE_UNAVAILABLE', 'STALE_READ_MODEL'],
    limit: 'none',
  })(async () => (await unready()) ?? { status: 200, body: { status: 'ready' } })

  const scrape = defineRoute({
    method: 'GET',
    url: '/metrics',
    tag,
    summary: 'Counts and durations for Prometheus',
    answers: { 200: { mediaType: 'text/plain; version=0.0.4; charset=utf-8' } },
    limit: 'none',
  })(async () => ({ status: 200, body: await metrics.render() }))

  const openApi = defineRoute({
    method: 'GET',
    url: '/openapi.json',
    tag,
    summary: 'This contract as OpenAPI 3.1',
    answers: { 200: { mediaType: 'application/json; charset=utf-8' } },
    limit: 'none',
  })(() => ({ status: 200, body: document.json }))

  const docs = defineRoute({
    method: 'GET',
    url: '/docs',
    tag,
    summary: 'This contract as a page',
    answers: { 200: { mediaType: 'text/html; charset=utf-8' } },
    limit: 'none',
  })(() => ({ status: 200, body: document.page, headers: { 'content-security-policy': docsPolicy } }))

  const own = [live, ready, scrape, openApi, docs]
  const described = openApiDocument([...routes, ...own])
  const document = { json: JSON.stringify(described, null, 2), page: docsPage(described) }
  return own
}
