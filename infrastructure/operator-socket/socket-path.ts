import { join } from 'node:path'

/** Bytes of `sun_path` without its end. A longer path is cut off or refused, as the system likes. */
const longest = 107

export function socketPath(dataDir: string) {
  return join(dataDir, 'operator.sock')
}

export function isUsableSocketPath(path: string) {
  return Buffer.byteLength(path) <= longest
}
