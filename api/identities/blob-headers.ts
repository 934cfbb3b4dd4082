import type { IncomingHttpHeaders } from 'node:http'
import { Signature } from '../../domain/kernel/ids.ts'
import type { ShapeError } from '../problems.ts'

export function etagOf(version: number) {
  return `"${version}"`
}

/** Compared weakly, as RFC 9110 says of `If-None-Match`. */
export function isKnown(header: string | undefined, etag: string) {
  const known = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}

type Publication = { readonly replaces: number; readonly signature: Signature }

const wrong = (path: string, expected: string): { readonly errors: readonly ShapeError[] } => ({ errors: [{ path, expected }] })

const versionShape = /^"([1-9][0-9]{0,14})"$/

/** Without `If-Match`, or with `If-None-Match: *`, the blob is the first. */
export function publicationIn(headers: IncomingHttpHeaders): Publication | { readonly errors: readonly ShapeError[] } {
  const { 'if-match': match, 'if-none-match': noneMatch, 'gatebook-signature': signature } = headers
  if (!Signature.is(signature)) return wrong('Gatebook-Signature', '64 bytes in base64url without padding')
  if (noneMatch !== undefined && (noneMatch !== '*' || match !== undefined)) return wrong('If-None-Match', '* and no If-Match')
  if (match === undefined) return { replaces: 0, signature }
  const [, version] = versionShape.exec(match) ?? []
  return version === undefined ? wrong('If-Match', 'one version in quotes') : { replaces: Number(version), signature }
}
