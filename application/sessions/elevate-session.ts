import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId, TokenHash } from '../../domain/kernel/ids.ts'
import { secondFactorStream, sessionStream } from '../../domain/kernel/streams.ts'
import type { Factor } from '../../domain/session/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies } from '../dependencies.ts'
import { checkOwnPassword } from '../passwords/check-own-password.ts'
import { checkCode } from '../second-factor/check-code.ts'
import { activeSession } from './grant-session.ts'
import { accountBacksSession } from './refresh-session.ts'

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
      ({ state }) => state.factor.type === 'none',
      () => ({ type: 'second_factor_failed' as const }),
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
    TE.chainW(({ state }) => activeSession(state)),
    TE.bindTo('session'),
    TE.bindW('survives', ({ session }) => accountBacksSession(needs)(session)),
    TE.chainW(({ session, survives }) => {
      const command = { type: 'elevate' as const, presented, tokenHash: tokens.hash(token), factor, survives, at: now() }
      return handle(aggregates.session, stream, command, metadataOf(caller, session.accountId))
    }),
    TE.chainW(({ state }) => activeSession(state)),
    TE.map((renewed) => ({ session: renewed, token })),
  )
}

type FailureOf<Task> = Task extends TE.TaskEither<infer Failure, unknown> ? Failure : never
type Unproved = FailureOf<ReturnType<typeof byCode>> | FailureOf<ReturnType<typeof byPassword>>

/** By which factor the proof is one. */
const prove = (
  needs: Dependencies,
  { sessionId, proof }: Elevation,
  accountId: AccountId,
  caller: Caller,
): TE.TaskEither<Unproved, Factor> =>
  'code' in proof ? byCode(needs, sessionId, accountId, proof.code, caller) : byPassword(needs, accountId, proof.password, caller)

export const elevateSession = (needs: Dependencies) => (elevation: Elevation, accountId: AccountId, caller: Caller) =>
  pipe(
    prove(needs, elevation, accountId, caller),
    TE.chainW((factor) => elevate(needs, elevation, factor, caller)),
  )
