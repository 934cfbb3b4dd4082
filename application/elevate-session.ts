import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId, TokenHash } from '../domain/kernel/ids.ts'
import { secondFactorStream, sessionStream } from '../domain/kernel/streams.ts'
import type { Factor } from '../domain/session/events.ts'
import { type Caller, metadataOf } from './caller.ts'
import { checkOwnPassword } from './check-own-password.ts'
import type { Dependencies } from './dependencies.ts'
import { liveSession } from './grant-session.ts'
import { accountStandsBehind } from './refresh-session.ts'
import { checkCode } from './second-factor/check-code.ts'

/** A code, or the password of an account without a second factor. */
export type Proof = { readonly code: string } | { readonly password: string }

/** The session that asks, and the token that it asked with: a token elevates once, because elevation replaces it. */
export type Elevation = { readonly sessionId: SessionId; readonly presented: TokenHash; readonly proof: Proof }

const byCode = (needs: Dependencies, sessionId: SessionId, accountId: AccountId, code: string, caller: Caller) =>
  pipe(
    checkCode(needs, { accountId, purpose: 'elevation', code, by: { sessionId } }, caller),
    TE.map((): Factor => 'otp'),
  )

/** A password proves too little where there is a second factor. */
const byPassword = (needs: Dependencies, accountId: AccountId, password: string, caller: Caller) =>
  pipe(
    needs.load(needs.aggregates.secondFactor, secondFactorStream(accountId)),
    TE.filterOrElseW(
      ({ state }) => state.factor.is === 'none',
      () => 'second_factor_failed' as const,
    ),
    TE.chainW(() => checkOwnPassword(needs)(accountId, password, 'elevation', caller)),
    TE.map((): Factor => 'pwd'),
  )

const elevate = (needs: Dependencies, { sessionId, presented }: Elevation, factor: Factor, caller: Caller) => {
  const { load, handle, aggregates, now, tokens } = needs
  const token = tokens.make()
  const stream = sessionStream(sessionId)
  return pipe(
    load(aggregates.session, stream),
    TE.chainW(({ state }) => liveSession(state)),
    TE.bindTo('live'),
    TE.bindW('survives', ({ live }) => accountStandsBehind(needs)(live)),
    TE.chainW(({ live, survives }) => {
      const command = { do: 'elevate' as const, presented, tokenHash: tokens.hash(token), factor, survives, at: now() }
      return handle(aggregates.session, stream, command, metadataOf(caller, live.accountId))
    }),
    TE.chainW(({ state }) => liveSession(state)),
    TE.map((session) => ({ session, token })),
  )
}

export const elevateSession = (needs: Dependencies) => (elevation: Elevation, accountId: AccountId, caller: Caller) => {
  const { proof } = elevation
  const elevated = (factor: Factor) => elevate(needs, elevation, factor, caller)
  return 'code' in proof
    ? pipe(byCode(needs, elevation.sessionId, accountId, proof.code, caller), TE.chainW(elevated))
    : pipe(byPassword(needs, accountId, proof.password, caller), TE.chainW(elevated))
}
