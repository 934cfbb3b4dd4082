import { Fingerprint, PublicKey, Signature } from '../../domain/kernel/ids.ts'
import { described, text } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'

const base64url = (bytes: number, length: number) =>
  [`${bytes} bytes in base64url without padding`, { type: 'string', minLength: length, maxLength: length }] as const

export const PublicKeyText = described(PublicKey, ...base64url(32, 43))
export const SignatureText = described(Signature, ...base64url(64, 86))
export const FingerprintText = described(Fingerprint, '64 lower-case hexadecimal digits', { type: 'string', pattern: '^[0-9a-f]{64}$' })
export const ChallengeText = text(1, 256)

export const named = strictObject({ fingerprint: FingerprintText })
