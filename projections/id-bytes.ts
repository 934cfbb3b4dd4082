/** A UUID as its 16 bytes: less than half of its text in every row and index. */
export const idBytes = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')

export const idText = (bytes: Buffer) => {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The id in the name of a stream of the form `category-<id>`. */
export const idInStream = (stream: string) => stream.slice(stream.indexOf('-') + 1)
