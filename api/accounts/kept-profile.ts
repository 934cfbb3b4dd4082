import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Context } from '../context.ts'

/** `null` if none was recorded, and once the account is erased. */
export function keptProfile({ profileQueries, crypto }: Pick<Context, 'profileQueries' | 'crypto'>, accountId: string) {
  const sealed = profileQueries.of(accountId)
  if (sealed === undefined) return TE.right<never, unknown>(null)
  return pipe(
    crypto.vault.unseal('profile', sealed),
    TE.map((json): unknown => JSON.parse(json)),
    TE.orElseW((failure) => (failure.type === 'key_shredded' ? TE.right(null) : TE.left(failure))),
  )
}
