import * as t from 'io-ts'
import { ClaimValue } from '../../domain/account/events.ts'
import { AccountId } from '../../domain/kernel/ids.ts'
import { OwnEntry } from '../audit/audit-shapes.ts'
import { described, time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import { Standing } from '../second-factor/second-factor.ts'
import { KnownDevice } from '../sessions/devices.ts'
import { Listed } from '../sessions/list-sessions.ts'
import { FingerprintText, PublicKeyText, SignatureText } from '../shapes/identity.ts'
import { Language } from '../shapes/language.ts'

/** `null` for what can no longer be decrypted. */
const Opened = t.union([t.string, t.null])

export const ExportHead = strictObject({
  format: t.literal(2),
  exportedAt: time,
  account: strictObject({
    id: uuid(AccountId),
    /** `null` for an account without one. */
    email: t.union([t.string, t.null]),
    emailVerified: t.boolean,
    roles: t.array(t.string),
    claims: t.record(t.string, ClaimValue),
    registeredAt: time,
    /** What the host app asked for at the registration; `null` if it asked for nothing. */
    profile: t.unknown,
  }),
  secondFactor: Standing,
  devices: t.array(KnownDevice),
  language: t.union([Language, t.null]),
  consents: t.array(strictObject({ purpose: t.string, given: t.boolean, version: t.string, at: time })),
})

/** 32 bytes in base64url. It says which event of the log the entry is of, to who has the keys of the log. */
const Receipt = described(
  t.refinement(t.string, (text) => /^[A-Za-z0-9_-]{43}$/.test(text)),
  '32 bytes in base64url',
  { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
)

/** What an event does not record is left out. */
export const ExportedEntry = strictObject(
  { ...OwnEntry.required, receipt: Receipt },
  {
    email: Opened,
    replacedEmail: Opened,
    address: Opened,
    userAgent: Opened,
    profile: t.unknown,
  },
)

/** `bytes` in base64url; `null` if this node does not have them. */
export const ExportedBlob = strictObject({
  fingerprint: FingerprintText,
  version: t.number,
  publishedAt: time,
  origin: t.string,
  publicKey: PublicKeyText,
  signature: SignatureText,
  bytes: t.union([t.string, t.null]),
})

export const Export = strictObject({
  ...ExportHead.required,
  sessions: t.array(Listed),
  blobs: t.array(ExportedBlob),
  history: t.array(ExportedEntry),
})
