import type { BlindIndex } from '../../domain/kernel/ids.ts'

/** Less than half of its text in every row and index. */
export function idBytes(uuid: string) {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

export function idText(bytes: Buffer) {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Half of the hash of a network is as unique as a UUID. */
export function networkBytes(index: BlindIndex) {
  return Buffer.from(index.slice(0, 22), 'base64url')
}
