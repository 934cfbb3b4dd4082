import { isLeft } from 'fp-ts/lib/Either.js'
import type { AccessTokens } from '../../application/ports/access-tokens.ts'

/** The age is that of the newest key in the log, so restarts and other nodes do not matter. Undefined for 0 days. */
export function renewSigningKeyJob({ rotate }: Pick<AccessTokens, 'rotate'>, days: number): (() => Promise<void>) | undefined {
  if (days === 0) return undefined
  return async () => {
    const renewed = await rotate({ olderThan: days * 86_400_000 })()
    if (isLeft(renewed))
      throw new Error(`the key of access tokens is old and not replaced yet (${renewed.left.type}): it is tried again in an hour`)
  }
}
