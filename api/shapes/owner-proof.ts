import * as t from 'io-ts'
import { strictObject } from '../codecs/strict-object.ts'
import { Password } from './credentials.ts'
import { ChallengeText, FingerprintText, SignatureText } from './identity.ts'
import { Code } from './second-factor.ts'

/** `identity`: a signature over the payload that is named after what it is for. */
export const proofFields = {
  code: { code: Code },
  password: { password: Password },
  identity: { identity: strictObject({ fingerprint: FingerprintText, challenge: ChallengeText, signature: SignatureText }) },
} as const

export const OwnerProof = t.union([strictObject(proofFields.code), strictObject(proofFields.password), strictObject(proofFields.identity)])
