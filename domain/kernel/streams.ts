import type { AccountId, BlindIndex, SessionId } from './ids.ts'

/** Every stream name there is. The category stands before the first dash and has none itself. */
export const accountStream = (id: AccountId) => `account-${id}`
export const emailClaimStream = (email: BlindIndex) => `emailClaim-${email}`
export const loginStream = (identifier: BlindIndex) => `login-${identifier}`
export const secondFactorStream = (id: AccountId) => `secondFactor-${id}`
export const sessionStream = (id: SessionId) => `session-${id}`
export const dataKeyStream = (person: string) => `dataKey-${person}`
export const administratorsStream = 'administrators-all'
export const signingKeysStream = 'signingKeys-access'

export const categoryOf = (stream: string) => stream.slice(0, stream.indexOf('-'))

/** Only key streams can be deleted; of each only the newest event is kept. */
export const isKeyStream = (stream: string) => categoryOf(stream) === 'dataKey'
