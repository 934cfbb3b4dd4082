import { base32crockford } from '@scure/base'
import type { ReadCode } from '../../application/ports/recovery-codes.ts'

/** 65 bits in Crockford's base32: `XXXX-XXXX-XXXX-X`. */
export function codeText(bytes: Uint8Array) {
  if (bytes.length < 9) throw new TypeError('A recovery code needs 9 bytes or more')
  const symbols = base32crockford.encode(bytes.subarray(0, 9)).slice(0, 13)
  return symbols.replace(/.{4}/g, '$&-')
}

const lookAlike: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

const withoutSeparators = (typed: string) => typed.normalize('NFKC').replace(/[\s\p{Pd}\u2212]/gu, '')

/** Ignores case, spaces, dashes and look-alike letters. */
export function readRecoveryCode(typed: string): string | null {
  if (typed.length > 64) return null
  const plain = withoutSeparators(typed)
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => lookAlike[letter] ?? letter)
  return /^[0-9A-HJKMNP-TV-Z]{13}$/.test(plain) ? plain : null
}

export const readCode: ReadCode = (typed) => {
  const digits = typed.length > 64 ? '' : withoutSeparators(typed)
  if (/^[0-9]{6}$/.test(digits)) return { type: 'one_time_code', code: digits }
  return { type: readRecoveryCode(typed) === null ? 'neither' : 'recovery_code', code: typed }
}
