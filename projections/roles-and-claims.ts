import type { Database } from 'better-sqlite3'
import type { ClaimValue } from '../domain/account/events.ts'
import { administratorRole } from '../domain/administrators/events.ts'
import { idInStream } from '../domain/kernel/streams.ts'
import { idBytes } from './engine/id-bytes.ts'
import type { Handlers } from './engine/read-model.ts'

type Changes = { readonly roles: Set<string>; readonly claims: Map<string, ClaimValue> }

/** Keeps the columns `roles` and `claims` of a `table` with one row for each account. */
export function rolesAndClaims(db: Database, table: string) {
  const find = db.prepare<[Buffer], { roles: string; claims: string }>(`SELECT roles, claims FROM ${table} WHERE id = ?`)
  const save = db.prepare(`UPDATE ${table} SET roles = ?, claims = ? WHERE id = ?`)

  const change = (id: Buffer, work: (changes: Changes) => void) => {
    const row = find.get(id)
    if (row === undefined) return
    const changes = { roles: new Set<string>(JSON.parse(row.roles)), claims: new Map(Object.entries<ClaimValue>(JSON.parse(row.claims))) }
    work(changes)
    save.run(JSON.stringify([...changes.roles]), JSON.stringify(Object.fromEntries(changes.claims)), id)
  }
  const owner = ({ stream }: { readonly stream: string }) => idBytes(idInStream(stream))

  const handlers: Handlers = {
    RoleGranted: ({ data }, recorded) => change(owner(recorded), ({ roles }) => roles.add(data.role)),
    RoleWithdrawn: ({ data }, recorded) => change(owner(recorded), ({ roles }) => roles.delete(data.role)),
    ClaimAsserted: ({ data }, recorded) => change(owner(recorded), ({ claims }) => claims.set(data.name, data.value)),
    ClaimRetracted: ({ data }, recorded) => change(owner(recorded), ({ claims }) => claims.delete(data.name)),
  }
  return {
    handlers,
    addAdministrator: (id: Buffer) => change(id, ({ roles }) => roles.add(administratorRole)),
    removeAdministrator: (id: Buffer) => change(id, ({ roles }) => roles.delete(administratorRole)),
  }
}
