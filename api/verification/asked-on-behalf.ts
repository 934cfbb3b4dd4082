import type { IncomingHttpHeaders } from 'node:http'

const visible = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/

const longest = 2_048

const pathOf = (text: string) => {
  if (text.startsWith('/') || !URL.canParse(text)) return text
  const { pathname, search } = new URL(text)
  return pathname + search
}

const first = (headers: IncomingHttpHeaders, ...names: readonly string[]) =>
  names.map((name) => headers[name]).find((value): value is string => typeof value === 'string' && value !== '')

/** Where a person wanted to go: a path, so that nobody is led to another site. */
export function wantedPath(headers: IncomingHttpHeaders): string {
  const path = pathOf(first(headers, 'x-forwarded-uri', 'x-original-url', 'x-original-uri') ?? '/')
  return path.length <= longest && visible.test(path) ? path : '/'
}

/** Every method that the proxy, or somebody through it, has named: what one of them forbids is forbidden. */
export function forwardedMethods(headers: IncomingHttpHeaders): readonly string[] {
  return [headers['x-forwarded-method'], headers['x-original-method']].flatMap((value) => (value === undefined ? [] : [String(value)]))
}

/** Somebody who can be sent to another page: not a script, and not a form that was filled in. */
export function isVisit(headers: IncomingHttpHeaders): boolean {
  const methods = forwardedMethods(headers)
  return methods.length > 0 && methods.every((method) => method === 'GET') && /\btext\/html\b/i.test(headers.accept ?? '')
}
