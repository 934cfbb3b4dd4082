import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import * as t from 'io-ts'
import type { ListedEntry } from '../../projections/audit/audit-entry.ts'
import { exportedPages } from '../../projections/audit/audit-export.ts'
import { described } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { afterRecording } from '../guards/recorded-read.ts'
import { defineRoute } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'
import { subjectOf, withAddress } from './audit.ts'
import { auditFilters, filterOf } from './audit-filter.ts'
import { exportedText, exportFormats } from './export-format.ts'

/** Milliseconds. Whoever reads more slowly holds the connection no longer. */
const longest = 3_600_000

const Format = described(t.keyof({ ndjson: null, csv: null }), '`ndjson` or `csv`', { type: 'string', enum: ['ndjson', 'csv'] })

/** Fails once the reader may not read any more: looked at after the addresses of a page were opened. */
const unlessEnded = (context: Context, request: FastifyRequest) => async (page: readonly ListedEntry[]) => {
  const shown = await Promise.all(page.map((entry) => withAddress(context, entry)))
  const refused = firstRefusal(context.passiveGuards.admin, request)
  if (refused !== undefined) throw new Error(`the export ended early: ${refused.problem}`)
  return shown
}

export function exportAuditRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/export',
    tag: 'Audit',
    summary: 'Export audit events, oldest first',
    description:
      'The entries of `GET /audit` for the same filters, as NDJSON (the default) or as CSV (`text/csv`, RFC 4180, with a header; a value that a spreadsheet would take for a formula begins with an apostrophe). It holds what the trail held when it began. A response that breaks off is not complete.',
    query: strictObject({}, { format: Format, ...auditFilters }),
    guards: context.guards.admin,
    responses: { 200: { mediaType: exportFormats.ndjson.mediaType } },
    problems: ['STORE_UNAVAILABLE'],
  })(({ query: { format = 'ndjson', ...asked } }, request) => {
    const headers = {
      'content-type': exportFormats[format].mediaType,
      'content-disposition': `attachment; filename="gatebook-audit.${format}"`,
    }
    // Nothing is handed out, so nothing is recorded.
    if (request.method === 'HEAD') return { status: 200 as const, body: Readable.from([]), headers }
    const pages = exportedPages(context.auditQueries, filterOf(context, asked))
    const text = exportedText(format, pages, unlessEnded(context, request))
    const body = () => Readable.from(text, { objectMode: false, signal: AbortSignal.timeout(longest) })
    const read = { what: 'audit' as const, subject: subjectOf(asked) }
    return afterRecording(context, request, read, { status: 200 as const, body, headers }).then((answer) =>
      'body' in answer ? { ...answer, body: answer.body() } : answer,
    )
  })
}
