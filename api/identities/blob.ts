import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { publishBlob } from '../../application/identities/publish-blob.ts'
import { readBlob } from '../../application/identities/read-blob.ts'
import { bytes } from '../codecs/bytes.ts'
import { octetStream } from '../codecs/media-type.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { named } from '../shapes/identity.ts'
import { etagOf, isKnown, publicationIn } from './blob-headers.ts'

/** Bytes. */
const mostBytes = 65_536

export function publishBlobRoute(context: Context) {
  return defineRoute({
    method: 'PUT',
    url: '/identities/:fingerprint/blob',
    tag: 'Identity keys',
    summary: 'Publish a signed blob under the fingerprint of your own key',
    description:
      'At most 65,536 bytes, for anybody to read. `Gatebook-Signature` is over the `blob` payload, by the current key. `If-Match` has the version that is replaced, in quotes; without it, the blob is the first.',
    params: named,
    body: bytes(mostBytes),
    guards: context.guards.authenticated,
    responses: { 200: strictObject({ version: t.number }) },
    problems: ['INVALID_CREDENTIALS', 'NOT_FOUND', 'STALE_VERSION', 'STORE_UNAVAILABLE'],
  })(({ params: { fingerprint }, body }, request) => {
    const read = publicationIn(request.headers)
    if ('errors' in read) return { problem: 'VALIDATION_FAILED', errors: read.errors }
    const { accountId } = sessionOf(request)
    const published = publishBlob(context)({ accountId, fingerprint, bytes: body, ...read }, context.callerOf(request))
    return context.answer(published, (version) => ({ status: 200, body: { version }, headers: { etag: etagOf(version) } }) as const)
  })
}

/** A browser that opens it stores a file: nothing in it becomes a page of this origin. No cache in between keeps what is erased here. */
const safe = {
  'content-disposition': 'attachment; filename="blob"',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-cache',
}

export function readBlobRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/identities/:fingerprint/blob',
    tag: 'Identity keys',
    summary: 'Read the blob of an identity, with what proves whose it is',
    description:
      'Public. `ETag` is the version. `Gatebook-Signature` is by `Gatebook-Public-Key`, over the `blob` payload with `Gatebook-Signed-Origin`.',
    params: named,
    responses: { 200: { mediaType: octetStream }, 304: null },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
    limit: 'blob',
  })(({ params: { fingerprint } }, request) =>
    pipe(readBlob(context)(fingerprint), (found) =>
      context.answer(found, ({ version, bytes, signature, publicKey, origin }) => {
        if (bytes === null) return { problem: 'STORE_UNAVAILABLE', retryAfter: 60 } as const
        const etag = etagOf(version)
        if (isKnown(request.headers['if-none-match'], etag)) return { status: 304, headers: { ...safe, etag } } as const
        const proof = { 'gatebook-signature': signature, 'gatebook-public-key': publicKey, 'gatebook-signed-origin': origin }
        return { status: 200, body: bytes, headers: { ...safe, etag, ...proof } } as const
      }),
    ),
  )
}
