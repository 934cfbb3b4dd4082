import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { secondFactorStream } from '../../domain/kernel/streams.ts'
import type { Dependencies } from '../dependencies.ts'
import { openSecret } from './secrets.ts'

/** Sends the code of the moment, where the provider is one that sends codes and there is a second factor. */
export const deliverCode = (needs: Dependencies, { accountId, email: sealedEmail }: Registered) => {
  const { deliver } = needs.otp
  if (deliver === undefined) return TE.right(undefined)
  return pipe(
    TE.Do,
    TE.bindW('email', () => needs.vault.unseal('email', sealedEmail)),
    TE.bindW('factor', () => needs.load(needs.aggregates.secondFactor, secondFactorStream(accountId))),
    TE.chainW(({ email, factor: { state } }) =>
      state.factor.is === 'none'
        ? TE.right(undefined)
        : pipe(
            openSecret(needs, accountId, state.factor.secret),
            TE.chainW((secret) => deliver(secret, { accountId, email }, needs.now())),
          ),
    ),
  )
}
