import * as t from 'io-ts'
import { defineRoute, type Route } from '../http/route.ts'
import { docsPage, docsPolicy } from '../openapi/docs-page.ts'
import { openApiDocument } from '../openapi/document.ts'
import type { ProblemAnswer } from '../problems.ts'

type Dependencies = {
  /** Why no request can be let in; null when the service is ready. */
  readonly unready: () => Promise<ProblemAnswer | null>
  readonly routes: readonly Route[]
  readonly metrics: readonly Route[]
}

const tag = 'Operations'
const health = t.strict({ status: t.keyof({ live: null, ready: null }) })

/** Open to anyone who reaches the port. */
export function operationsRoutes({ unready, routes, metrics }: Dependencies): readonly Route[] {
  const live = defineRoute({
    method: 'GET',
    url: '/health/live',
    tag,
    summary: 'Liveness: the process is running',
    responses: { 200: health },
    limit: 'none',
  })(() => ({ status: 200, body: { status: 'live' } }))

  const ready = defineRoute({
    method: 'GET',
    url: '/health/ready',
    tag,
    summary: 'Readiness: the event log is reachable and the read models are up to date',
    responses: { 200: health },
    description:
      'The `reason` of a 503 is `log_unreachable`, `writer_dead`, `catching_up`, `stale`, `rebuilding`, `projection_stopped`, `clock_jumped` or `write_failed`.',
    problems: ['STARTING', 'STORE_UNAVAILABLE', 'STALE_READ_MODEL'],
    limit: 'none',
  })(async () => (await unready()) ?? { status: 200, body: { status: 'ready' } })

  const openApi = defineRoute({
    method: 'GET',
    url: '/openapi.json',
    tag,
    summary: 'This API as OpenAPI 3.1',
    responses: { 200: { mediaType: 'application/json; charset=utf-8' } },
    limit: 'document',
  })(() => ({ status: 200, body: document.json }))

  const docs = defineRoute({
    method: 'GET',
    url: '/docs',
    tag,
    summary: 'This API as a web page',
    responses: { 200: { mediaType: 'text/html; charset=utf-8' } },
    limit: 'document',
  })(() => ({ status: 200, body: document.page, headers: { 'content-security-policy': docsPolicy } }))

  const own = [live, ready, ...metrics, openApi, docs]
  const described = openApiDocument([...routes, ...own])
  const document = { json: JSON.stringify(described, null, 2), page: docsPage(described) }
  return own
}
