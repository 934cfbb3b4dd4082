import { isUtf8 } from 'node:buffer'

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const isPng = (bytes: Buffer) => bytes.subarray(0, png.length).equals(png)

const isWebp = (bytes: Buffer) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'

/** A document type may declare entities that expand to gigabytes, so one with declarations of its own is refused. */
const prolog = [/^<\?xml\s[^>]*\?>/, /^<!--[\s\S]*?-->/, /^<!DOCTYPE\s+svg\b[^[>]*>/]

const firstOf = (text: string) => prolog.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined)

const withoutProlog = (text: string) => {
  let rest = text.trimStart()
  for (let found = firstOf(rest); found !== undefined; found = firstOf(rest)) rest = rest.slice(found.length).trimStart()
  return rest
}

const isSvg = (bytes: Buffer) => isUtf8(bytes) && /^<svg[\s>]/.test(withoutProlog(bytes.toString().replace(/^\uFEFF/, '')))

/** By the content: the name of a file proves nothing. */
export function mediaTypeOf(bytes: Buffer): string | null {
  if (isPng(bytes)) return 'image/png'
  if (isWebp(bytes)) return 'image/webp'
  return isSvg(bytes) ? 'image/svg+xml' : null
}
