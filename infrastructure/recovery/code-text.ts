import type { CodeLooksLike } from '../../application/ports/recovery-codes.ts'

/** Crockford's base32: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 13

/** Sixty-five bits, the first of nine bytes or more: `XXXX-XXXX-XXXX-X`. */
export function codeText(bytes: Uint8Array) {
  if (bytes.length < 9) throw new TypeError('A recovery code needs 9 bytes or more')
  let bits = bytes.subarray(0, 9).reduce((all, byte) => (all << 8n) | BigInt(byte), 0n) >> 7n
  let text = ''
  for (let n = 0; n < length; n++, bits >>= 5n) text = (alphabet[Number(bits & 31n)] ?? '') + text
  return (text.match(/.{1,4}/g) ?? []).join('-')
}

const lookAlike: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** The 13 signs of a code, however it was typed: case, spaces, dashes of any kind and look-alike letters do not matter. `null` if it is none. */
export function readCode(typed: string): string | null {
  if (typed.length > 64) return null
  const signs = typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .toUpperCase()
  const plain = signs.replace(/[OIL]/g, (letter) => lookAlike[letter] ?? letter)
  return /^[0-9A-HJKMNP-TV-Z]{13}$/.test(plain) ? plain : null
}

/** By its shape only, so that the answer says nothing about either. */
export function looksLike(text: string): CodeLooksLike {
  if (/^[0-9]{6}$/.test(text)) return 'one_time_code'
  return readCode(text) === null ? 'neither' : 'recovery_code'
}
