import type { AccessTokenId, AccountId, AttemptId, BlindIndex, DeviceId, SessionId, TokenHash } from '../../../domain/kernel/ids.ts'
import type { Sealed } from '../../../domain/kernel/sealed.ts'

/** Values that the codecs accept; the same number or word gives the same value. */
const uuid = (kind: number, n: number) => `0000000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const digest = (n: number) => `digest-${n}-`.padEnd(43, '0')

export const accountId = (n: number) => uuid(1, n) as AccountId
export const sessionId = (n: number) => uuid(2, n) as SessionId
export const attemptId = (n: number) => uuid(3, n) as AttemptId
export const deviceId = (n: number) => uuid(4, n) as DeviceId
export const accessTokenId = (n: number) => uuid(5, n) as AccessTokenId
export const blindIndex = (n: number) => digest(n) as BlindIndex
export const tokenHash = (n: number) => digest(n) as TokenHash
export const sealed = (word: string) => `unknown-callers-2026-06.${word.padEnd(38, '_')}` as Sealed
