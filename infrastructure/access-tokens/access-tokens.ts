import type { KeyObject } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { SignJWT } from 'jose'
import type { AccessTokenClaims, AccessTokens, PlannedToken, TokenHolder } from '../../application/ports/access-tokens.ts'
import type { Now } from '../../application/ports/clock.ts'
import type { Vault } from '../../application/ports/vault.ts'
import { keyRing, type SigningKeyNeeds } from '../../application/signing-keys.ts'
import type { AccessTokenId } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { ed25519KeyPairs, publicJwk } from './signing-key.ts'
import { accessTokenVerifier } from './verify-access-token.ts'

export type AccessTokenOptions = {
  readonly journal: SigningKeyNeeds<KeyObject>['journal']
  readonly crypto: { readonly vault: Vault }
  /** A function, because the port is only known once the server listens. */
  readonly issuer: () => string
  readonly audience?: () => string
  /** Other services compare with their own clocks; by default the journal's time. */
  readonly wall?: Now
}

/** Seconds. */
const lifetime = 300
const longestLifetime = 900

/** Other clocks may be behind, and responses with the old key set may be cached. */
const overlap = (longestLifetime + 300) * 1000

const seconds = (at: Instant) => Math.floor(at / 1000)

/** The journal's time never goes back, and can stay ahead of the wall clock after a jump. */
const onWall = (holder: TokenHolder, shift: number): TokenHolder => ({
  ...holder,
  authenticatedAt: instant(holder.authenticatedAt + shift),
  elevatedUntil: holder.elevatedUntil === null ? null : instant(holder.elevatedUntil + shift),
  endsAt: instant(holder.endsAt + shift),
})

/** A token ends with its elevation or after five minutes, and never later than the session. */
const timesOf = ({ elevatedUntil, endsAt }: TokenHolder, at: Instant) => {
  const issuedAt = seconds(at)
  const elevation = elevatedUntil === null || seconds(elevatedUntil) <= issuedAt ? null : seconds(elevatedUntil)
  const end = elevation === null ? issuedAt + lifetime : Math.min(elevation, issuedAt + longestLifetime)
  return { issuedAt, elevation, expiresAt: Math.max(issuedAt, Math.min(end, seconds(endsAt))) }
}

/** RFC 9068: JWTs of type `at+jwt`. There is no OAuth client, so the service is its own. */
export function accessTokens({ issuer, audience = issuer, wall, ...needs }: AccessTokenOptions): AccessTokens {
  const { now, newId } = needs.journal
  const ring = keyRing({ journal: needs.journal, crypto: { vault: needs.crypto.vault, keyPairs: ed25519KeyPairs } })
  const seenFromOutside = (holder: TokenHolder) => {
    const at = now()
    const outside = wall?.() ?? at
    return { holder: onWall(holder, Math.min(0, outside - at)), outside }
  }
  const plan = (given: TokenHolder): PlannedToken => {
    const { holder, outside } = seenFromOutside(given)
    const { expiresAt } = timesOf(holder, outside)
    return { tokenId: newId() as AccessTokenId, issuedAt: outside, expiresAt: instant(expiresAt * 1000) }
  }
  const jwks = () =>
    pipe(
      ring.verifying(now()),
      TE.map((keys) => ({ keys: keys.map(publicJwk) })),
    )
  const ownKeys = async () => {
    const found = await jwks()()
    if (E.isLeft(found)) throw new Error('the signing keys cannot be read')
    return found.right
  }
  return {
    plan,

    issue:
      (given, planned = plan(given)) =>
      async () => {
        const signer = await ring.current()()
        if (E.isLeft(signer)) return signer
        const { kid, key } = signer.right
        const { holder } = seenFromOutside(given)
        const { issuedAt, elevation, ...times } = timesOf(holder, planned.issuedAt)
        const expiresAt = Math.min(times.expiresAt, seconds(planned.expiresAt))
        const accessToken = await new SignJWT({
          client_id: issuer(),
          sid: holder.sessionId,
          roles: [...holder.roles],
          claims: holder.claims,
          amr: [...holder.factors],
          auth_time: seconds(holder.authenticatedAt),
          ...(elevation === null ? {} : { elevated_until: elevation }),
        })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
          .setIssuer(issuer())
          .setAudience(audience())
          .setSubject(holder.accountId)
          .setIssuedAt(issuedAt)
          .setExpirationTime(expiresAt)
          .setJti(planned.tokenId)
          .sign(key)
        return E.right({ accessToken, expiresIn: expiresAt - issuedAt })
      },

    jwks,

    verify: async (token) => {
      const [at, outside] = [now(), wall?.() ?? now()]
      const verified = await accessTokenVerifier({ issuer: issuer(), audience: audience(), now: () => outside, jwks: ownKeys })(token)
      return E.map(({ sub, sid, exp }: AccessTokenClaims) => ({ sub, sid, expiresAt: instant(at + exp * 1000 - outside) }))(verified)
    },

    rotate: ({ olderThan, actor = 'system' } = {}) => ring.rotate({ overlap, olderThan: olderThan ?? null, actor }),
  }
}
