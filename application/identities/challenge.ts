import { hasExpiredAt, type PresentedChallenge } from '../../domain/identity/used-challenges.ts'
import type { Fingerprint } from '../../domain/kernel/ids.ts'
import { instant } from '../../domain/kernel/instant.ts'
import type { Needs } from '../needs.ts'

const form = /^[A-Za-z0-9_-]{54}$/

const [timeBytes, nonceBytes, tagBytes] = [8, 16, 16]

/** Time, nonce and tag. Nothing is recorded of it until it is used, and one for a key that nobody has looks the same. */
export function identityChallenges({ journal, crypto }: Needs<'journal' | 'crypto'>) {
  const tagOf = (fingerprint: Fingerprint, head: Buffer) =>
    Buffer.from(crypto.derive('identity_challenge', fingerprint, head.toString('base64url'))).subarray(0, tagBytes)

  return {
    make: (fingerprint: Fingerprint) => {
      const head = Buffer.alloc(timeBytes + nonceBytes)
      head.writeBigUInt64BE(BigInt(journal.now()))
      Buffer.from(crypto.tokens.make(), 'base64url').copy(head, timeBytes, 0, nonceBytes)
      return Buffer.concat([head, tagOf(fingerprint, head)]).toString('base64url')
    },

    /** Null if it was not made for this name, or is too old. */
    read: (fingerprint: Fingerprint, challenge: string): PresentedChallenge | null => {
      const bytes = Buffer.from(challenge, 'base64url')
      if (!form.test(challenge) || bytes.toString('base64url') !== challenge) return null
      const head = bytes.subarray(0, timeBytes + nonceBytes)
      const tag = bytes.subarray(timeBytes + nonceBytes).toString('base64url')
      const issuedAt = instant(Number(head.readBigUInt64BE()))
      const isOurs = crypto.tokens.hash(tag) === crypto.tokens.hash(tagOf(fingerprint, head).toString('base64url'))
      return isOurs && !hasExpiredAt(issuedAt, journal.now()) ? { challengeHash: crypto.tokens.hash(challenge), issuedAt } : null
    },
  }
}
