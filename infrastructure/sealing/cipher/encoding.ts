/** Accepts only what encoding would write: Node silently skips foreign characters and leftover bits. */
export function fromCanonical(text: string, encoding: 'base64' | 'base64url'): Buffer | null {
  const octets = Buffer.from(text, encoding)
  return octets.toString(encoding) === text ? octets : null
}

/** Each part follows its length, so that no two lists make the same bytes. */
export function additionalData(...parts: readonly string[]) {
  return Buffer.concat(
    parts.flatMap((part) => {
      const octets = Buffer.from(part, 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(octets.length)
      return [length, octets]
    }),
  )
}
