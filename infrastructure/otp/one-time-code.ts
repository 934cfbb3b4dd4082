import { timingSafeEqual } from 'node:crypto'
import { generateSecret, generateSync, generateURI, ScureBase32Plugin } from 'otplib'
import type { Instant } from '../../domain/kernel/instant.ts'

/** What RFC 6238 leaves open; authenticators support SHA-1 and 6 digits, so everything but the test vectors has these. */
export type CodeShape = { readonly algorithm: 'sha1' | 'sha256' | 'sha512'; readonly digits: 6 | 8 }

const usual: CodeShape = { algorithm: 'sha1', digits: 6 }
const stepLength = 30_000
const secretLength = 20
const base32 = new ScureBase32Plugin()

/** The time step of RFC 6238: 30 seconds, counted from 1970. */
export function stepAt(at: Instant) {
  return Math.floor(at / stepLength)
}

/** 160 random bits, as RFC 4226 recommends, in base32. */
export function newSecret() {
  return generateSecret({ length: secretLength })
}

/** The first 160 bits of `bytes` in base32: longer secrets are cumbersome to type and not stronger under SHA-1. */
export function secretOf(bytes: Uint8Array) {
  if (bytes.length < secretLength) throw new TypeError('A secret needs 20 bytes or more')
  return base32.encode(bytes.subarray(0, secretLength), { padding: false })
}

/** The library's own error would repeat the secret's letters. */
const octetsOf = (secret: string) => {
  try {
    const octets = base32.decode(secret)
    if (octets.length >= 16) return octets
  } catch {}
  throw new TypeError('A secret is base32 of 16 bytes or more')
}

/** The code of one step (RFC 4226 with the step as its counter). */
export function codeAt(secret: string, step: number, { algorithm, digits }: CodeShape = usual) {
  return generateSync({ strategy: 'hotp', secret: octetsOf(secret), counter: step, algorithm, digits })
}

/** `earlier` and `later`: steps to either side of now. */
export type Window = { readonly earlier: number; readonly later: number }

/**
 * The step of the window that the code is right for, or null. Every step is computed and compared, whatever the ones before said. Of two steps with the
 * same code it is the later one, which spends both.
 */
export function matchingStep(secret: string, code: string, at: Instant, { earlier, later }: Window): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null
  const presented = Buffer.from(code)
  const now = stepAt(at)
  let matching: number | null = null
  for (let step = Math.max(0, now - earlier); step <= now + later; step++) {
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), presented)) matching = step
  }
  return matching
}

/** `otpauth://totp/…`, as authenticators scan it. */
export function otpauthUri(issuer: string, label: string, secret: string) {
  return generateURI({ issuer, label, secret })
}
