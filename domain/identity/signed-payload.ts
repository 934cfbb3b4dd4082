import type { Fingerprint, PublicKey, SessionId, Sha256 } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ProofPurpose } from './events.ts'

/** What a key signs. `origin`: the public origin of the service, so that a signature is worth nothing elsewhere. */
export type Statement = { readonly origin: string; readonly fingerprint: Fingerprint } & (
  | { readonly purpose: 'introduction' }
  | { readonly purpose: 'link'; readonly subject: Sha256; readonly challenge: string }
  | { readonly purpose: 'login'; readonly challenge: string }
  | { readonly purpose: Exclude<ProofPurpose, 'login'>; readonly sessionId: SessionId; readonly challenge: string }
  | { readonly purpose: 'blob'; readonly version: number; readonly sha256: Sha256 }
  | { readonly purpose: 'rotation'; readonly sequence: number; readonly oldPublicKey: PublicKey; readonly newPublicKey: PublicKey }
  | { readonly purpose: 'rotation_cancellation'; readonly sequence: number; readonly newPublicKey: PublicKey; readonly deadline: Instant }
)

const fieldsOf = (statement: Statement): readonly string[] => {
  switch (statement.purpose) {
    case 'introduction':
      return []
    case 'link':
      return [statement.subject, statement.challenge]
    case 'login':
      return [statement.challenge]
    case 'elevation':
    case 'erasure':
    case 'email_change':
      return [statement.sessionId, statement.challenge]
    case 'blob':
      return [String(statement.version), statement.sha256]
    case 'rotation':
      return [String(statement.sequence), statement.oldPublicKey, statement.newPublicKey]
    case 'rotation_cancellation':
      return [String(statement.sequence), statement.newPublicKey, new Date(statement.deadline).toISOString()]
  }
}

/** Each field in UTF-8 after its length in four bytes, big-endian: `gatebook/v1/<purpose>`, origin, fingerprint, and those of the purpose. */
export function signedPayload(statement: Statement): Uint8Array<ArrayBuffer> {
  const { purpose, origin, fingerprint } = statement
  const fields = [`gatebook/v1/${purpose}`, origin, fingerprint, ...fieldsOf(statement)].map((field) => new TextEncoder().encode(field))
  const payload = new Uint8Array(fields.reduce((length, field) => length + 4 + field.length, 0))
  let offset = 0
  for (const field of fields) {
    new DataView(payload.buffer).setUint32(offset, field.length)
    payload.set(field, offset + 4)
    offset += 4 + field.length
  }
  return payload
}
