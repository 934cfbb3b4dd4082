import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { existingAccount, openedAddress } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { OtpProvider } from '../ports/otp.ts'
import { openSecret } from './secrets.ts'

/** Of the code that is delivered at this time. */
export function timeStepOf({ timeStep }: OtpProvider, at: Instant) {
  return timeStep?.(at) ?? Math.floor(at / 30_000)
}

/** Counted before it is sent. */
const send = (needs: Needs<'journal' | 'crypto'>, deliver: NonNullable<OtpProvider['deliver']>, accountId: AccountId, caller: Caller) => {
  const { journal, crypto } = needs
  const at = journal.now()
  const command = { type: 'send' as const, timeStep: timeStepOf(crypto.otp, at), at }
  return pipe(
    TE.Do,
    TE.bindW('account', () => existingAccount(needs)(accountId)),
    TE.bindW('email', ({ account }) =>
      pipe(openedAddress(needs, account), TE.chainW(TE.fromNullable({ type: 'nothing_to_send' as const }))),
    ),
    TE.bindW('sending', () => journal.decide(streams.secondFactor(accountId), command, metadataOf(caller, accountId))),
    TE.bindW('kept', ({ sending: { state } }) =>
      TE.fromNullable({ type: 'not_enrolled' as const })(state.factor.type === 'active' ? state.factor : state.enrollment),
    ),
    TE.bindW('secret', ({ kept }) => openSecret(needs, accountId, kept.secret)),
    TE.chainW(({ email, secret }) => deliver(secret, { accountId, email }, journal.now())),
  )
}

/** Does nothing with an authenticator. */
export const sendCode = (needs: Needs<'journal' | 'crypto'>) => (accountId: AccountId, caller: Caller) =>
  pipe(
    TE.fromNullable({ type: 'nothing_to_send' as const })(needs.crypto.otp.deliver),
    TE.chainW((deliver) => send(needs, deliver, accountId, caller)),
  )

/** A failure does not void the challenge: an earlier code may be valid, another can be requested, and a recovery code needs none. */
export const sendCodeAlong = (needs: Needs<'journal' | 'crypto'>) => (accountId: AccountId, caller: Caller) =>
  pipe(
    sendCode(needs)(accountId, caller),
    TE.orElse(() => TE.right<never, void>(undefined)),
  )
