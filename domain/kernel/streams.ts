import type { AccountId, BlindIndex, Fingerprint, SessionId } from './ids.ts'
import type { Instant } from './instant.ts'

/** The category ends at the first dash. */
export function accessStream(id: AccountId) {
  return `access-${id}`
}
export function accountStream(id: AccountId) {
  return `account-${id}`
}
export function emailClaimStream(email: BlindIndex) {
  return `emailClaim-${email}`
}
export function consentStream(id: AccountId) {
  return `consent-${id}`
}
export function devicesStream(id: AccountId) {
  return `devices-${id}`
}
export function identityStream(fingerprint: Fingerprint) {
  return `identity-${fingerprint}`
}
export function loginStream(identifier: BlindIndex) {
  return `login-${identifier}`
}
export function preferencesStream(id: AccountId) {
  return `preferences-${id}`
}
export function secondFactorStream(id: AccountId) {
  return `secondFactor-${id}`
}
export function sessionStream(id: SessionId) {
  return `session-${id}`
}
export function dataKeyStream(person: string) {
  return `dataKey-${person}`
}
/** One for each day in UTC. */
export function refusedGuessesStream(at: Instant) {
  return `refusedGuesses-${new Date(at).toISOString().slice(0, 10)}`
}
export const administratorsStream = 'administrators-all'
/** What the deciders decided by. */
export const policyStream = 'policy-all'
export const restorationsStream = 'restoration-all'
/** What the password hashes of imported accounts cost. */
export const importedHashesStream = 'importedHashes-all'
export const signingKeysStream = 'signingKeys-access'
/** Of the key that signs checkpoints of the log. */
export const logKeysStream = 'signingKeys-log'

export function categoryOf(stream: string) {
  return stream.slice(0, stream.indexOf('-'))
}

export function idInStream(stream: string) {
  return stream.slice(stream.indexOf('-') + 1)
}

/** Only the grant of such a stream can be erased. */
export function isSessionStream(stream: string) {
  return categoryOf(stream) === 'session'
}

/** Only in these can payloads be erased. */
export function isLoginStream(stream: string) {
  return categoryOf(stream) === 'login'
}

/** Only these can be deleted, and only their newest event is kept. */
export function isKeyStream(stream: string) {
  return categoryOf(stream) === 'dataKey'
}
