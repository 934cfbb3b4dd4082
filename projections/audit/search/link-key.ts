import { createHash } from 'node:crypto'

const shared = 64
const longest = 2 ** 41

/**
 * Six bytes for the id of a session or a correlation: the milliseconds of a UUIDv7 and six of its random bits. Neighbors in time are
 * neighbors in the index. Two ids may share a key, so whoever finds something by it compares the id.
 */
export function linkKey(id: string): number {
  const hex = id.replaceAll('-', '')
  const digits = /^[0-9a-f]{32}$/.test(hex) ? hex : createHash('sha256').update(id).digest('hex')
  return (Number.parseInt(digits.slice(0, 12), 16) % longest) * shared + (Number.parseInt(digits.slice(-2), 16) % shared)
}
