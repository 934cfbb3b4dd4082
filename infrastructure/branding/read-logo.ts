import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { mediaTypeOf } from './media-type-of.ts'

export type LogoFailure = { readonly type: 'no_logo'; readonly detail: string }

export type Logo = { readonly mediaType: string; readonly bytes: Buffer; readonly etag: string }

const largest = 256 * 1024

const refused = (why: string) =>
  left<LogoFailure>({ type: 'no_logo', detail: `BRAND_LOGO: expected an SVG, PNG or WebP file of at most 256 kB, ${why}` })

const readSmall = async (path: string) => {
  const file = await open(path)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) return 'it is not a file'
    const bytes = Buffer.alloc(largest + 1)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return bytesRead > largest || stats.size > largest ? 'it is larger' : bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export async function readLogo(path: string | undefined): Promise<Either<LogoFailure, Logo | null>> {
  if (path === undefined) return right(null)
  const bytes = await readSmall(path).catch((error: NodeJS.ErrnoException) => `it cannot be read (${error.code ?? 'unknown error'})`)
  if (typeof bytes === 'string') return refused(bytes)
  const mediaType = mediaTypeOf(bytes)
  if (mediaType === null) return refused('its content is something else')
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  return right({ mediaType, bytes, etag })
}
