import { createHash } from 'node:crypto'
import { escapeHtml } from '../pages/escape-html.ts'
import type { OpenApiDocument } from './document.ts'

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
h1,h2{line-height:1.2}h3{font:600 1rem ui-monospace,monospace;margin:0}article{border-top:1px solid #ccc;padding:1rem 0}
pre{background:#f4f4f4;padding:.75rem;overflow:auto;font-size:.85rem}dt{font-weight:600}dd{margin:0 0 .5rem}
@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#242424}article{border-color:#444}}`

export const docsPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

const shown = (value: unknown) => `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`

type Operation = OpenApiDocument['paths'][string][string]

const responses = (operation: Operation) =>
  Object.entries(operation.responses)
    .map(([status, { description, content }]) => {
      const schema = Number(status) < 300 ? content?.['application/json']?.schema : undefined
      return `<dt>${status}</dt><dd>${escapeHtml(description)}${schema === undefined ? '' : shown(schema)}</dd>`
    })
    .join('\n')

const article = (path: string, method: string, operation: Operation) => {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  return `<article id="${escapeHtml(operation.operationId)}"><h3>${method.toUpperCase()} ${escapeHtml(path)}</h3>
<p>${escapeHtml(operation.summary)}${operation.security === undefined ? '' : ' (requires a session)'}</p>
${operation.description === undefined ? '' : `<p>${escapeHtml(operation.description)}</p>`}
${operation.parameters === undefined ? '' : `<p>Parameters</p>${shown(operation.parameters)}`}
${body === undefined ? '' : `<p>Body</p>${shown(body)}`}
<dl>${responses(operation)}</dl></article>`
}

export function docsPage(document: OpenApiDocument): string {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ tag: operation.tags[0] ?? '', html: article(path, method, operation) })),
  )
  const sections = [...Map.groupBy(calls, ({ tag }) => tag)].map(
    ([tag, articles]) => `<section><h2>${escapeHtml(tag)}</h2>${articles.map(({ html }) => html).join('\n')}</section>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(document.info.title)}: the API</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(document.info.title)}</h1><p>${escapeHtml(document.info.description)} Also available as <a href="/openapi.json">OpenAPI 3.1</a>.</p>
${sections.join('\n')}</main></body></html>`
}
