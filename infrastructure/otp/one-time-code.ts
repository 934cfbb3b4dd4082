import { timingSafeEqual } from 'node:crypto'
import { generateSecret, generateSync, generateURI, ScureBase32Plugin } from 'otplib'
import type { Instant } from '../../domain/kernel/instant.ts'

/** Authenticators support SHA-1 and 6 digits; the others are for the test vectors. */
export type CodeShape = { readonly algorithm: 'sha1' | 'sha256' | 'sha512'; readonly digits: 6 | 8 }

const usual: CodeShape = { algorithm: 'sha1', digits: 6 }
const stepLength = 30_000
const secretLength = 20
const base32 = new ScureBase32Plugin()

export function stepAt(at: Instant) {
  return Math.floor(at / stepLength)
}

/** 160 random bits, as RFC 4226 recommends. */
export function newSecret() {
  return generateSecret({ length: secretLength })
}

/** More than 160 bits are not stronger under SHA-1. */
export function secretOf(bytes: Uint8Array) {
  if (bytes.length < secretLength) throw new TypeError('A secret needs 20 bytes or more')
  return base32.encode(bytes.subarray(0, secretLength), { padding: false })
}

/** The library's error would repeat the secret. */
const octetsOf = (secret: string) => {
  try {
    const octets = base32.decode(secret)
    if (octets.length >= 16) return octets
  } catch {}
  throw new TypeError('A secret is base32 of 16 bytes or more')
}

/** RFC 4226, with the time step as the counter. */
export function codeAt(secret: string, step: number, { algorithm, digits }: CodeShape = usual) {
  return generateSync({ strategy: 'hotp', secret: octetsOf(secret), counter: step, algorithm, digits })
}

export type Window = { readonly earlier: number; readonly later: number }

/** Always computes and compares every step. If two steps have the same code, returns the later one, which spends both. */
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

const longestLabel = 128
const letters = new Intl.Segmenter('en')

/** A long URI makes a QR code that no camera reads, or that does not fit at all. */
const shortened = (label: string) => {
  if (Buffer.byteLength(label) <= longestLabel) return label
  let short = ''
  for (const { segment } of letters.segment(label)) {
    if (Buffer.byteLength(`${short}${segment}…`) > longestLabel) break
    short += segment
  }
  return `${short}…`
}

export function otpauthUri(issuer: string, label: string, secret: string) {
  return generateURI({ issuer, label: shortened(label), secret })
}
