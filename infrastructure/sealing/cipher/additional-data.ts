/** Each part behind its length, so that no two lists of parts make the same octets. */
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
