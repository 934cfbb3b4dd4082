import { createHash } from 'node:crypto'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Sha256 } from '../../domain/kernel/ids.ts'
import { eventReader, type StoredEvent } from '../../domain/kernel/reader.ts'
import { isLoginStream } from '../../domain/kernel/streams.ts'
import { erasePayload } from '../../domain/login/erase-payload.ts'
import { LoginPayloadErased, LoginSummarized, loginEvents } from '../../domain/login/events.ts'
import { upcasters } from '../../domain/upcasters.ts'

const reader = eventReader(loginEvents, upcasters)

/** As the events of login streams are stored. `json`: the data, in the very characters that are stored. */
export type StoredRow = { readonly type: string; readonly version: number; readonly json: string }

export function isErased({ type }: Pick<StoredRow, 'type'>) {
  return type === LoginPayloadErased.type
}

export function isSummary({ type }: Pick<StoredRow, 'type'>) {
  return type === LoginSummarized.type
}

/** Null for an event that cannot be read. */
export function erasedForm({ type, version, json }: StoredRow, data: unknown): StoredEvent | null {
  const decoded = reader.decode({ type, version, data })
  if (isLeft(decoded)) return null
  const sha256 = createHash('sha256').update(json).digest('hex') as Sha256
  return reader.encode(erasePayload({ type, version }, decoded.right, sha256))
}

export function requireLoginStream(stream: string) {
  if (!isLoginStream(stream)) throw new TypeError('Only in login streams can payloads be erased')
}

type OfOriginal = { readonly type: string; readonly version: number; readonly sha256: string }

/** What an erased event keeps of its original. Null for other events, and for one that is not written exactly as it is here. */
export function erasedOriginal({ stream, type, version, json }: StoredRow & { readonly stream: string }): OfOriginal | null {
  if (!isErased({ type }) || !isLoginStream(stream)) return null
  try {
    const decoded = LoginPayloadErased.codec.decode({ type, version, data: JSON.parse(json) })
    if (isLeft(decoded)) return null
    const { eventType, eventVersion, accountId, sha256, at } = decoded.right.data
    // Decoding keeps the order of the members, so they are put into ours.
    const written = LoginPayloadErased.codec.encode(LoginPayloadErased({ eventType, eventVersion, accountId, sha256, at }))
    if (JSON.stringify(written.data) !== json) return null
    return { type: eventType, version: eventVersion, sha256 }
  } catch {
    return null
  }
}
