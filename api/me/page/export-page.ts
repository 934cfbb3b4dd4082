import * as t from 'io-ts'
import { strictObject } from '../../codecs/strict-object.ts'
import type { Context } from '../../context.ts'
import { defineRoute } from '../../http/route.ts'
import { sendExport } from '../send-export.ts'
import { htmlInPieces } from './html-in-pieces.ts'
import { pagePolicy } from './page-style.ts'

/** Somebody who opens it here sees a page that can do nothing, with the rules that the saved file has in itself. */
const headers = {
  'content-disposition': 'attachment; filename="gatebook-export.html"',
  'content-security-policy': `${pagePolicy}; frame-ancestors 'none'; sandbox`,
}

const PageLanguage = t.keyof({ en: null, de: null }, 'en or de')

export function exportPageRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/me/export/page',
    tag: 'Privacy',
    summary: 'Export everything that is held of your own account, as a page to read and print',
    description:
      'What `GET /me/export` has, as one HTML file without scripts and without anything from elsewhere. A complete one ends with its end mark. Each of the two counts as an export: once a minute.',
    query: strictObject({}, { language: PageLanguage }),
    guards: context.guards.elevated,
    responses: { 200: { mediaType: 'text/html; charset=utf-8' } },
    problems: ['RATE_LIMITED', 'INVALID_CREDENTIALS', 'NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ query: { language = 'en' } }, request) => sendExport(context, request, { pieces: htmlInPieces(language), headers }))
}
