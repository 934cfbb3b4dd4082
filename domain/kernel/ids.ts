import * as t from 'io-ts'

const branded = <Name extends string>(name: Name, shape: RegExp) =>
  t.brand(t.string, (s): s is t.Branded<string, { readonly [K in Name]: symbol }> => shape.test(s), name)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const digest = /^[A-Za-z0-9_-]{43}$/

export const AccountId = branded('AccountId', uuid)
export type AccountId = t.TypeOf<typeof AccountId>

/** A part of the host app or of the service, such as `system:seed`. */
export const SystemActor = branded('SystemActor', /^system:[a-z0-9-]{1,40}$/)
export type SystemActor = t.TypeOf<typeof SystemActor>

/** Who changed an account. */
export const Actor = t.union([AccountId, SystemActor])
export type Actor = t.TypeOf<typeof Actor>

export const SessionId = branded('SessionId', uuid)
export type SessionId = t.TypeOf<typeof SessionId>

/** Of everything that one request or job causes. */
export const CorrelationId = branded('CorrelationId', uuid)

export const AttemptId = branded('AttemptId', uuid)
export type AttemptId = t.TypeOf<typeof AttemptId>

/** Of an attempt that led to a lock and was not recorded itself. */
export const unrecordedAttempt = '00000000-0000-0000-0000-000000000000' as AttemptId

export const DeviceId = branded('DeviceId', uuid)
export type DeviceId = t.TypeOf<typeof DeviceId>

/** The `jti` of an access token. */
export const AccessTokenId = branded('AccessTokenId', uuid)
export type AccessTokenId = t.TypeOf<typeof AccessTokenId>

/** HMAC-SHA-256 of an address, base64url, 43 characters. */
export const BlindIndex = branded('BlindIndex', digest)
export type BlindIndex = t.TypeOf<typeof BlindIndex>

/** Hexadecimal. */
export const Sha256 = branded('Sha256', /^[0-9a-f]{64}$/)
export type Sha256 = t.TypeOf<typeof Sha256>

/** SHA-256 of the first public key of an identity, hexadecimal. It stays the name when the key is replaced. */
export const Fingerprint = branded('Fingerprint', /^[0-9a-f]{64}$/)
export type Fingerprint = t.TypeOf<typeof Fingerprint>

/** Ed25519, 32 bytes in base64url. The last character has no stray bits, so that each key has one spelling. */
export const PublicKey = branded('PublicKey', /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
export type PublicKey = t.TypeOf<typeof PublicKey>

/** Ed25519, 64 bytes in base64url. */
export const Signature = branded('Signature', /^[A-Za-z0-9_-]{85}[AQgw]$/)
export type Signature = t.TypeOf<typeof Signature>

/** SHA-256 of a token, base64url, 43 characters. */
export const TokenHash = branded('TokenHash', digest)
export type TokenHash = t.TypeOf<typeof TokenHash>
