import type { Database } from 'better-sqlite3'
import type { ClaimValue } from '../../domain/account/events.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import type { Recorded } from '../engine/decode-event.ts'
import { idBytes } from '../engine/id-bytes.ts'
import type { Handlers, Tables } from '../engine/read-model.ts'

const remembered = 100_000

/** `ended` of an erased account, later than any revision: nothing that might stand after an erasure brings its sessions back. */
const forEver = Number.MAX_SAFE_INTEGER

/** What guards need of an account: whether its sessions live, its roles and claims. */
export function sessionHolderHandlers(db: Database, tables: Tables<'session_holders'>) {
  const holders = tables.session_holders
  const numbers = new Map<string, number>()
  const find = db.prepare<[Buffer], number>(`SELECT number FROM ${holders} WHERE id = ?`).pluck()
  const add = db.prepare(`INSERT INTO ${holders} (id, active, ended, kept, roles, claims) VALUES (?, 0, 0, NULL, '[]', '{}')`)
  const notErased = `number = ? AND ended < ${forEver}`
  const activate = db.prepare(`UPDATE ${holders} SET active = 1 WHERE ${notErased}`)
  const end = db.prepare(`UPDATE ${holders} SET ended = ?, kept = ? WHERE ${notErased}`)
  const disable = db.prepare(`UPDATE ${holders} SET active = 0, ended = ?, kept = NULL WHERE ${notErased}`)
  const erase = db.prepare(
    `UPDATE ${holders} SET active = 0, ended = ${forEver}, kept = NULL, roles = '[]', claims = '{}' WHERE number = ?`,
  )
  const facts = db.prepare<[number], { roles: string; claims: string }>(`SELECT roles, claims FROM ${holders} WHERE number = ?`)
  const setRoles = db.prepare(`UPDATE ${holders} SET roles = ? WHERE number = ?`)
  const setClaims = db.prepare(`UPDATE ${holders} SET claims = ? WHERE number = ?`)

  /** The small number that stands for an account in every session row; an account that was never heard of has no living session. */
  const numberOf = (accountId: string): number => {
    const known = numbers.get(accountId)
    if (known !== undefined) return known
    const id = idBytes(accountId)
    const number = find.get(id) ?? Number(add.run(id).lastInsertRowid)
    if (numbers.size >= remembered) numbers.clear()
    numbers.set(accountId, number)
    return number
  }
  const of = ({ stream }: Recorded) => numberOf(idInStream(stream))

  const changeRoles = (number: number, change: (roles: Set<string>) => void) => {
    const roles = new Set<string>(JSON.parse(facts.get(number)?.roles ?? '[]'))
    change(roles)
    setRoles.run(JSON.stringify([...roles]), number)
  }
  const changeClaims = (recorded: Recorded, change: (claims: Map<string, ClaimValue>) => void) => {
    const number = of(recorded)
    const claims = new Map<string, ClaimValue>(Object.entries(JSON.parse(facts.get(number)?.claims ?? '{}')))
    change(claims)
    setClaims.run(JSON.stringify(Object.fromEntries(claims)), number)
  }

  const handlers: Handlers = {
    AccountRegistered: (_, recorded) => activate.run(of(recorded)),
    AccountEnabled: (_, recorded) => activate.run(of(recorded)),
    PasswordReplaced: ({ data: { keptSessionId } }, recorded) =>
      end.run(recorded.revision, keptSessionId && idBytes(keptSessionId), of(recorded)),
    OtherSessionsRevoked: ({ data: { keptSessionId } }, recorded) =>
      end.run(recorded.revision, keptSessionId && idBytes(keptSessionId), of(recorded)),
    AllSessionsRevoked: (_, recorded) => end.run(recorded.revision, null, of(recorded)),
    AccountDisabled: (_, recorded) => disable.run(recorded.revision, of(recorded)),
    AccountErased: (_, recorded) => erase.run(of(recorded)),
    RoleGranted: ({ data }, recorded) => changeRoles(of(recorded), (roles) => roles.add(data.role)),
    RoleWithdrawn: ({ data }, recorded) => changeRoles(of(recorded), (roles) => roles.delete(data.role)),
    SetupCompleted: ({ data }) => changeRoles(numberOf(data.accountId), (roles) => roles.add('admin')),
    SetupReopened: ({ data }) => changeRoles(numberOf(data.accountId), (roles) => roles.delete('admin')),
    AdministratorAdded: ({ data }) => changeRoles(numberOf(data.accountId), (roles) => roles.add('admin')),
    AdministratorRemoved: ({ data }) => changeRoles(numberOf(data.accountId), (roles) => roles.delete('admin')),
    ClaimAsserted: ({ data }, recorded) => changeClaims(recorded, (claims) => claims.set(data.name, data.value)),
    ClaimRetracted: ({ data }, recorded) => changeClaims(recorded, (claims) => claims.delete(data.name)),
  }
  return { handlers, numberOf, forget: () => numbers.clear() }
}
