import type { Database } from 'better-sqlite3'
import type { LoggedEvent } from '../../application/ports/local-log.ts'
import type { SessionId } from '../../domain/kernel/ids.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import { idBytes } from '../engine/id-bytes.ts'
import type { Handlers, Tables } from '../engine/read-model.ts'
import { rolesAndClaims } from '../roles-and-claims.ts'

// After any revision: no later event brings the sessions of an erased account back.
const forEver = Number.MAX_SAFE_INTEGER

export function sessionHolderHandlers(db: Database, { session_holders: holders }: Tables<'session_holders'>): Handlers {
  const add = db.prepare(`INSERT OR IGNORE INTO ${holders} VALUES (?, 0, 0, NULL, '[]', '{}')`)
  const notErased = `id = ? AND ended < ${forEver}`
  const activate = db.prepare(`UPDATE ${holders} SET active = 1 WHERE ${notErased}`)
  const end = db.prepare(`UPDATE ${holders} SET ended = ?, kept = ? WHERE ${notErased}`)
  const disable = db.prepare(`UPDATE ${holders} SET active = 0, ended = ?, kept = NULL WHERE ${notErased}`)
  const erase = db.prepare(`UPDATE ${holders} SET active = 0, ended = ${forEver}, kept = NULL, roles = '[]', claims = '{}' WHERE id = ?`)
  const { handlers, addAdministrator, removeAdministrator } = rolesAndClaims(db, holders)

  // The first administrator gets the role before the account is registered.
  const holder = (accountId: string) => {
    const id = idBytes(accountId)
    add.run(id)
    return id
  }
  const of = ({ stream }: LoggedEvent) => holder(idInStream(stream))
  const endOthers = (kept: SessionId | null, recorded: LoggedEvent) => end.run(recorded.revision, kept && idBytes(kept), of(recorded))

  return {
    ...handlers,
    AccountRegistered: (_, recorded) => activate.run(of(recorded)),
    AccountIntroduced: (_, recorded) => activate.run(of(recorded)),
    IdentityUnlinked: ({ data }, recorded) => endOthers(data.keptSessionId, recorded),
    AccountEnabled: (_, recorded) => activate.run(of(recorded)),
    PasswordReplaced: ({ data }, recorded) => endOthers(data.keptSessionId, recorded),
    InvitationAccepted: (_, recorded) => endOthers(null, recorded),
    OtherSessionsRevoked: ({ data }, recorded) => endOthers(data.keptSessionId, recorded),
    AllSessionsRevoked: (_, recorded) => endOthers(null, recorded),
    AccountDisabled: (_, recorded) => disable.run(recorded.revision, of(recorded)),
    AccountErased: (_, recorded) => erase.run(of(recorded)),
    SetupCompleted: ({ data }) => addAdministrator(holder(data.accountId)),
    SetupReopened: ({ data }) => removeAdministrator(holder(data.accountId)),
    AdministratorAdded: ({ data }) => addAdministrator(holder(data.accountId)),
    AdministratorRemoved: ({ data }) => removeAdministrator(holder(data.accountId)),
  }
}
