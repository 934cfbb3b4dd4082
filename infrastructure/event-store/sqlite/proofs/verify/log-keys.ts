import type { Database } from 'better-sqlite3'
import { isRight } from 'fp-ts/lib/Either.js'
import { logKeysStream } from '../../../../../domain/kernel/streams.ts'
import { SigningKeyAdded } from '../../../../../domain/signing-key/events.ts'

type Row = readonly [type: string, version: number, json: string]

const publicKeyIn = ([type, version, json]: Row): Buffer[] => {
  try {
    const decoded = SigningKeyAdded.codec.decode({ type, version, data: JSON.parse(json) })
    return isRight(decoded) ? [Buffer.from(decoded.right.data.publicKey, 'base64url')] : []
  } catch {
    return []
  }
}

/** The public keys that a log names as its own. Whoever rewrites it can name others. */
export function keysInLog(log: Database): readonly Buffer[] {
  const rows = log
    .prepare<[string, string], Row>('SELECT type, version, data FROM event WHERE stream = ? AND type = ? ORDER BY revision')
    .raw()
    .all(logKeysStream, SigningKeyAdded.type)
  return rows.flatMap(publicKeyIn)
}
