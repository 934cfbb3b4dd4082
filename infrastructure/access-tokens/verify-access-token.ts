import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { createRemoteJWKSet, errors, type JWTHeaderParameters, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { AccessTokenClaims, AccessTokenRefusal, PublicJwk } from '../../application/ports/access-tokens.ts'
import { AccountId, SessionId } from '../../domain/kernel/ids.ts'

const Payload = t.intersection([
  t.type({
    sub: AccountId,
    sid: SessionId,
    roles: t.array(t.string),
    claims: t.record(t.string, t.union([t.string, t.number, t.boolean])),
    amr: t.array(t.string),
    auth_time: t.Int,
    iat: t.Int,
    exp: t.Int,
    jti: t.string,
  }),
  t.partial({ elevated_until: t.Int }),
])

/** Seconds: clocks differ a little, and no token lives longer than 15 minutes. */
const earliest = 60
const longestLife = 20 * 60

const hasPlausibleTimes = ({ iat, exp }: AccessTokenClaims, now: number) => iat <= now / 1000 + earliest && exp - iat <= longestLife

export type KeySource = { readonly jwks: () => Promise<{ readonly keys: readonly PublicJwk[] }> } | { readonly url: string }

export type VerifierOptions = KeySource & {
  readonly issuer: string
  readonly audience: string
  /** Milliseconds since 1970; defaults to the system clock. */
  readonly now?: () => number
}

const named = ({ kid }: JWTHeaderParameters) => {
  if (typeof kid !== 'string') throw new errors.JWKSNoMatchingKey()
  return kid
}

/** A token must name its key: if that key is not there, no other is tried. */
const keysFrom = (source: KeySource): JWTVerifyGetKey => {
  if ('url' in source) {
    const remote = createRemoteJWKSet(new URL(source.url))
    return async (header, token) => {
      named(header)
      return remote(header, token)
    }
  }
  return async (header) => {
    const kid = named(header)
    const { keys } = await source.jwks()
    const jwk = keys.find((key) => key.kid === kid)
    if (jwk === undefined) throw new errors.JWKSNoMatchingKey()
    return { ...jwk }
  }
}

/** Faults of the token itself; any other error is taken for a failure to get the keys. */
const faults = [
  errors.JWSInvalid,
  errors.JWTInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
]

export function accessTokenVerifier({ issuer, audience, now = Date.now, ...source }: VerifierOptions) {
  const keys = keysFrom(source)
  return async (token: string): Promise<Either<AccessTokenRefusal, AccessTokenClaims>> => {
    try {
      const checks = { algorithms: ['EdDSA' as const], typ: 'at+jwt', issuer, audience, currentDate: new Date(now()), clockTolerance: 0 }
      const { payload } = await jwtVerify(token, keys, { ...checks, requiredClaims: ['exp', 'iat', 'sub'] })
      const claims = Payload.decode(payload)
      return isLeft(claims) || !hasPlausibleTimes(claims.right, now()) ? left('invalid_token') : claims
    } catch (error) {
      // The signature was checked before.
      if (error instanceof errors.JWTExpired) return left('expired_token')
      return left(faults.some((fault) => error instanceof fault) ? 'invalid_token' : 'keys_unavailable')
    }
  }
}
