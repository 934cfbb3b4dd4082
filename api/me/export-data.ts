import { jsonInPieces } from '../codecs/json-in-pieces.ts'
import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { Export } from './export-shape.ts'
import { sendExport } from './send-export.ts'

const headers = { 'content-disposition': 'attachment; filename="gatebook-export.json"' }

export function exportDataRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/me/export',
    tag: 'Privacy',
    summary: 'Export everything that is held of your own account',
    description: 'The history begins with the oldest event. A response that breaks off is no complete JSON. Once a minute.',
    guards: context.guards.elevated,
    responses: { 200: { mediaType: 'application/json', shape: Export } },
    problems: ['RATE_LIMITED', 'INVALID_CREDENTIALS', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
  })((_, request) => sendExport(context, request, { pieces: jsonInPieces, headers }))
}
