import type { Database } from 'better-sqlite3'
import { idInStream } from '../../domain/kernel/streams.ts'
import type { Handlers, Tables } from '../engine/read-model.ts'

const retired = Number.MAX_SAFE_INTEGER

/** A completed rotation takes effect at its deadline, so a late record of it changes nothing. */
export function sessionKeyHandlers(db: Database, { session_keys: keys }: Tables<'session_keys'>): Handlers {
  const add = db.prepare(`INSERT OR REPLACE INTO ${keys} VALUES (?, ?, NULL, NULL)`)
  const propose = db.prepare(`UPDATE ${keys} SET pending = ?, key_ends = ? WHERE identity = ?`)
  const cancel = db.prepare(`UPDATE ${keys} SET pending = NULL, key_ends = NULL WHERE identity = ?`)

  const of = ({ stream }: { readonly stream: string }) => Buffer.from(idInStream(stream), 'hex')

  return {
    IdentityIntroduced: (_, recorded) => add.run(of(recorded), 0),
    KeyRotationProposed: ({ data }, recorded) => propose.run(data.sequence, data.deadline, of(recorded)),
    KeyRotationCancelled: (_, recorded) => cancel.run(of(recorded)),
    KeyRotationCompleted: ({ data }, recorded) => add.run(of(recorded), data.sequence),
    IdentityRetired: (_, recorded) => add.run(of(recorded), retired),
  }
}
