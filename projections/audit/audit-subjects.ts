import type { Database } from 'better-sqlite3'
import type { DomainEvent } from '../../domain/catalogue.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import { bulkInsert } from '../engine/bulk-insert.ts'
import { idBytes } from '../engine/id-bytes.ts'

type AuditedEvent = Exclude<DomainEvent, { type: 'DataKeyWrapped' }>

const remembered = 200_000

/**
 * Whose trail an event belongs to. A session's events belong to the account that it was granted to; those of a log-in stream that name no account
 * (a rejection, a lock) to the account that its newest attempt was for, if the address was anybody's.
 */
export function auditSubjects(db: Database, table: string, numberOf: (accountId: string) => number) {
  const known = new Map<string, number | null>()
  const find = db.prepare<[Buffer], number>(`SELECT account FROM ${table} WHERE id = ?`).pluck()
  const rows = bulkInsert(db, table, 2, 'INSERT OR REPLACE')
  const remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`)

  const keep = (stream: string, account: number | null) => {
    if (known.size >= remembered) {
      rows.flush()
      known.clear()
    }
    known.set(stream, account)
    return account
  }
  const recall = (stream: string, id: (stream: string) => Buffer) => {
    const account = known.get(stream)
    return account === undefined ? keep(stream, find.get(id(stream)) ?? null) : account
  }
  const sessionKey = (stream: string) => idBytes(idInStream(stream))
  const loginKey = (stream: string) => Buffer.from(idInStream(stream), 'base64url')

  const attempted = (stream: string, accountId: string | null) => {
    const account = accountId === null ? null : numberOf(accountId)
    if (recall(stream, loginKey) === account) return account
    if (account === null) {
      rows.flush()
      remove.run(loginKey(stream))
    } else rows.add(loginKey(stream), account)
    return keep(stream, account)
  }
  const granted = (stream: string, accountId: string) => {
    const account = numberOf(accountId)
    rows.add(sessionKey(stream), account)
    return keep(stream, account)
  }

  const of = (event: AuditedEvent, stream: string): number | null => {
    switch (event.type) {
      case 'LoginAttempted':
        return attempted(stream, event.data.accountId)
      case 'PasswordRejected':
      case 'LoginLocked':
      case 'LoginUnlocked':
      case 'LoginAttemptsRefused':
      case 'LoginSummarized':
      case 'ChallengeAnswered':
      case 'ChallengeVoided':
        return recall(stream, loginKey)
      case 'SessionGranted':
        return granted(stream, event.data.accountId)
      case 'SessionExtended':
      case 'RefreshTokenRotated':
      case 'RefreshTokenReuseDetected':
      case 'SessionElevated':
      case 'SessionRevoked':
        return recall(stream, sessionKey)
      case 'AccountRegistered':
      case 'PasswordAccepted':
      case 'ChallengeIssued':
      case 'EmailClaimed':
      case 'EmailReleased':
      case 'SetupCompleted':
      case 'SetupReopened':
      case 'AdministratorAdded':
      case 'AdministratorRemoved':
        return numberOf(event.data.accountId)
      case 'SigningKeyAdded':
      case 'SigningKeyRetired':
        return null
      case 'TotpEnrollmentStarted':
      case 'TotpEnrollmentVoided':
      case 'CodeSent':
      case 'TotpEnrollmentConfirmed':
      case 'CodeAttempted':
      case 'CodeAccepted':
      case 'RecoveryCodeUsed':
      case 'CodeRejected':
      case 'CodeEntryLocked':
      case 'RecoveryCodesIssued':
      case 'SecondFactorRemoved':
      case 'RegistrationAbandoned':
      case 'PasswordReplaced':
      case 'PasswordRehashed':
      case 'RoleGranted':
      case 'RoleWithdrawn':
      case 'ClaimAsserted':
      case 'ClaimRetracted':
      case 'AccountDisabled':
      case 'AccountEnabled':
      case 'AllSessionsRevoked':
      case 'OtherSessionsRevoked':
      case 'PasswordResetRequested':
      case 'AccountErased':
        return numberOf(idInStream(stream))
    }
  }
  const forget = () => {
    rows.forget()
    known.clear()
  }
  return { of, flush: rows.flush, forget }
}
