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
