import type { Database } from 'better-sqlite3'
import type { EmailReplaced } from '../../domain/account/events.ts'
import type { DomainEvent } from '../../domain/catalogue.ts'
import type { EventOf } from '../../domain/kernel/event.ts'
import { categoryOf, idInStream, loginStream } from '../../domain/kernel/streams.ts'
import { idBytes } from '../engine/id-bytes.ts'
import { typeBefore } from './type-before.ts'

const streamsRemembered = 200_000

const keyOf = (stream: string) =>
  categoryOf(stream) === 'session' ? idBytes(idInStream(stream)) : Buffer.from(idInStream(stream), 'base64url')

const isAttempt = (type: string) => type === 'LoginAttempted' || type === 'SignatureAttempted'

/** Events that name no account belong to that of the session's grant, or of the newest login attempt. */
export function auditSubjects(db: Database, table: string, numberOf: (accountId: string) => number) {
  const known = new Map<string, number | null>()
  const find = db.prepare<[Buffer], number | null>(`SELECT account FROM ${table} WHERE id = ?`).pluck()
  const save = db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`)

  const remember = (stream: string, account: number | null) => {
    if (known.size >= streamsRemembered) known.clear()
    known.set(stream, account)
    return account
  }
  const accountOf = (stream: string) => {
    const account = known.get(stream)
    return account === undefined ? remember(stream, find.get(keyOf(stream)) ?? null) : account
  }
  const setAccount = (stream: string, account: number | null) => {
    save.run(keyOf(stream), account)
    remember(stream, account)
  }

  /** Before the first attempt at it, what happens at the new address is the account's, and at the old one nobody's. */
  const moveLogins = ({ emailIndex, replacedIndex }: EventOf<typeof EmailReplaced>['data'], account: number | null) => {
    if (replacedIndex !== null) setAccount(loginStream(replacedIndex), null)
    setAccount(loginStream(emailIndex), account)
  }

  const accountIn = (event: DomainEvent, stream: string): number | null => {
    const { data } = event
    const type = typeBefore(event)
    const isInherited = event.type === 'LoginPayloadErased' && !isAttempt(type) && event.data.accountId === null
    if ('accountId' in data && !isInherited) {
      const account = data.accountId === null ? null : numberOf(data.accountId)
      if (type === 'SessionGranted' || (isAttempt(type) && accountOf(stream) !== account)) setAccount(stream, account)
      return account
    }
    switch (categoryOf(stream)) {
      case 'access':
      case 'account':
      case 'consent':
      case 'devices':
      case 'preferences':
      case 'secondFactor':
        return numberOf(idInStream(stream))
      case 'session':
      case 'login':
        return accountOf(stream)
      default:
        return null
    }
  }
  const subjectOf = (event: DomainEvent, stream: string) => {
    const account = accountIn(event, stream)
    if (event.type === 'EmailReplaced') moveLogins(event.data, account)
    return account
  }
  return { subjectOf, clear: () => known.clear() }
}
