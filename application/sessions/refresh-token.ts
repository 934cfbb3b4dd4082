import { SessionId } from '../../domain/kernel/ids.ts'
import type { Needs } from '../needs.ts'

/** `counter` is null for a token that this service did not make. */
export type PresentedRefreshToken = { readonly sessionId: SessionId; readonly counter: number | null }

const form = /^([0-9a-f-]{36})\.([0-9]{1,15})\.([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{22})$/

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** `<session>.<counter>.<secret><tag>`. The tag shows that this service made the token, so that a spent one needs no record. */
export function refreshTokens({ crypto }: Needs<'crypto'>) {
  const tagOf = (sessionId: string, counter: string, secret: string) =>
    text(crypto.derive('refresh_token_tag', sessionId, counter, secret).subarray(0, 16))

  const tokenOf = (sessionId: SessionId, counter: number, secret: string) =>
    `${sessionId}.${counter}.${secret}${tagOf(sessionId, String(counter), secret)}`

  return {
    first: (sessionId: SessionId) => tokenOf(sessionId, 1, crypto.tokens.make()),

    read: (token: string): PresentedRefreshToken | null => {
      const [, sessionId = '', counter = '', secret = '', tag = ''] = form.exec(token) ?? []
      if (!SessionId.is(sessionId)) return null
      const isOurs = crypto.tokens.hash(tag) === crypto.tokens.hash(tagOf(sessionId, counter, secret))
      return { sessionId, counter: isOurs ? Number(counter) : null }
    },

    /** Derived from the token that is presented, so that presenting it again gives the same ones. */
    successors: (token: string, { sessionId, counter }: PresentedRefreshToken) => ({
      token: text(crypto.derive('session_token', token)),
      refreshToken: tokenOf(sessionId, (counter ?? 0) + 1, text(crypto.derive('refresh_token', token))),
    }),
  }
}
