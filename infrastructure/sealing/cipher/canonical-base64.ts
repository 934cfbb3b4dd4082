/** Accepts only what encoding would write: Node silently skips foreign characters and leftover bits. */
export function fromCanonical(text: string, encoding: 'base64' | 'base64url'): Buffer | null {
  const octets = Buffer.from(text, encoding)
  return octets.toString(encoding) === text ? octets : null
}
