import { hash, randomBytes } from 'node:crypto'
import type { onRequestHookHandler } from 'fastify'

/** The least that a guard can do: SHA-256 of the token, one look-up in a map, compare with the clock. It revokes nothing and forgets all at a restart. */
export function hashAndMap(count: number) {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
  const known = new Map(tokens.map((token) => [hash('sha256', token, 'base64url'), { expiresAt: Date.now() + 86_400_000 }]))
  const guard: onRequestHookHandler = (request, reply, done) => {
    const { authorization } = request.headers
    const session = authorization?.startsWith('Bearer ') ? known.get(hash('sha256', authorization.slice(7), 'base64url')) : undefined
    if (session === undefined || Date.now() >= session.expiresAt) return void reply.code(401).send({ ok: false })
    done()
  }
  return { guard, tokens }
}
