/** Decodes only what encoding would have written: Node passes over foreign characters and left-over bits in silence. */
export function fromCanonical(text: string, encoding: 'base64' | 'base64url'): Buffer | null {
  const octets = Buffer.from(text, encoding)
  return octets.toString(encoding) === text ? octets : null
}
