import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { OpenRecoverySet, RecoveryCodes } from '../../application/ports/recovery-codes.ts'
import type { Derive } from '../../application/ports/tokens.ts'
import { codeText, readRecoveryCode } from './code-text.ts'

export type RecoveryOptions = { readonly derive: Derive; readonly scheme: OpenRecoverySet['scheme']; readonly count: number }

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** Always compares with every candidate. */
const placeOf = (candidates: readonly string[], presented: string) => {
  const octets = Buffer.from(presented)
  let place: number | null = null
  candidates.forEach((candidate, at) => {
    const other = Buffer.from(candidate)
    if (other.length === octets.length && timingSafeEqual(other, octets)) place = at + 1
  })
  return place
}

/** `single-use` codes are random, and only their keyed hashes are kept. `jump-ahead` codes are derived, and only the salt is kept. */
export function recoveryCodes({ derive, scheme, count }: RecoveryOptions): RecoveryCodes {
  const numbers = (most: number) => Array.from({ length: most }, (_, n) => String(n + 1))
  const derived = (accountId: string, salt: string, most: number) =>
    numbers(most).map((number) => codeText(derive('recovery', accountId, salt, number)))

  const hashOf = (accountId: string, code: string) => base64url(derive('recovery_code_hash', accountId, code))
  const plain = (code: string) => readRecoveryCode(code) ?? ''

  return {
    issue: (accountId) => {
      if (scheme === 'jump-ahead') {
        const salt = base64url(randomBytes(32))
        return { codes: derived(accountId, salt, count), set: { scheme, salt, count } }
      }
      const codes = numbers(count).map(() => codeText(randomBytes(9)))
      return { codes, set: { scheme, hashes: codes.map((code) => hashOf(accountId, plain(code))) } }
    },

    matchingNumber: (accountId, set, code) => {
      const presented = readRecoveryCode(code)
      if (presented === null) return null
      if (set.scheme === 'single-use') return placeOf(set.hashes, hashOf(accountId, presented))
      return placeOf(derived(accountId, set.salt, set.count).map(plain), presented)
    },
  }
}
