import { accessTokenGuard } from '../api/guards/access-token-guard.ts'
import { accessTokenVerifier, type VerifierOptions } from '../infrastructure/access-tokens/verify-access-token.ts'

export type AccessTokenGuardOptions = VerifierOptions & {
  /** Whether the token must come from an elevated session. */
  readonly elevated?: boolean
}

/**
 * A Fastify `onRequest` hook for other services: lets in requests with an access token of `issuer` for `audience`.
 *
 * The token is verified offline, so a revoked session, a disabled account or a withdrawn role takes effect when the token expires:
 * after up to five minutes, or fifteen for an elevated session. If that is too long, ask Gatebook with the opaque session token.
 */
export function createAccessTokenGuard({ elevated = false, ...options }: AccessTokenGuardOptions) {
  return accessTokenGuard({ verify: accessTokenVerifier(options), elevated, now: options.now ?? Date.now })
}
