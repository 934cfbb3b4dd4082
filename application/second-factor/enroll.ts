import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { existingAccount, openedAddress } from '../accounts/find-account.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Undeliverable } from '../ports/mail.ts'
import type { OtpProvider } from '../ports/otp.ts'
import type { Changer } from '../sessions/end-other-sessions.ts'
import { checkCode } from './check-code.ts'
import { timeStepOf } from './deliver-code.ts'
import { makeRecoveryCodes, makeSecret } from './secrets.ts'

/** Shown once. Empty if codes are delivered: with the secret, delivery would prove nothing. */
export type Enrollment = {
  readonly secret: string | null
  readonly uri: string | null
  readonly qr: string | null
  readonly recoveryCodes: readonly string[]
}

/** `sessionId`: the session that may confirm it; null in a login. `replaces` an active factor once it is confirmed. */
type Enrolling = { readonly accountId: AccountId; readonly sessionId: SessionId | null; readonly replaces: boolean }

const shown = ({ crypto }: Needs<'crypto'>, secret: string, email: string, recoveryCodes: readonly string[]) => {
  const uri = crypto.otp.uri(secret, email)
  return async (): Promise<Enrollment> => ({
    secret: crypto.otp.deliver === undefined ? secret : null,
    uri,
    qr: uri === null ? null : await crypto.drawQr(uri)(),
    recoveryCodes,
  })
}

type To = { readonly accountId: AccountId; readonly email: string | null }

const sendFirst = ({ deliver }: OtpProvider, secret: string, { accountId, email }: To, at: Instant): TE.TaskEither<Undeliverable, void> => {
  if (deliver === undefined) return TE.right(undefined)
  return email === null ? TE.left({ type: 'undeliverable' }) : deliver(secret, { accountId, email }, at)
}

const begin = (needs: Needs<'journal' | 'crypto' | 'policy'>, { sessionId, replaces }: Enrolling, account: Registered, caller: Caller) => {
  const { accountId, revision: accountRevision } = account
  const { journal, crypto } = needs
  return pipe(
    TE.Do,
    TE.bindW('email', () => openedAddress(needs, account)),
    TE.bindW('made', () => makeSecret(needs, accountId)),
    TE.bindW('codes', () => makeRecoveryCodes(needs, accountId)),
    TE.chainFirstW(({ made, codes }) => {
      const begun = { accountId, accountRevision, sessionId, secret: made.kept, recoveryCodes: codes.kept, at: journal.now() }
      const sends = crypto.otp.deliver === undefined ? null : timeStepOf(crypto.otp, begun.at)
      const command = { type: 'enroll' as const, ...begun, sends, replaces }
      return journal.decide(streams.secondFactor(accountId), command, metadataOf(caller, accountId))
    }),
    TE.chainFirstW(({ made, email }) => sendFirst(crypto.otp, made.secret, { accountId, email }, journal.now())),
    TE.chainTaskK(({ made, codes, email }) => shown(needs, made.secret, email ?? accountId, codes.codes)),
  )
}

/** Inert until confirmed. A delivered code is counted with it. */
export const enroll = (needs: Needs<'journal' | 'crypto' | 'policy'>) => (enrolling: Enrolling, caller: Caller) =>
  pipe(
    existingAccount(needs)(enrolling.accountId),
    TE.chainW((account) => begin(needs, enrolling, account, caller)),
  )

type Confirmation = { readonly accountId: AccountId; readonly by: Changer; readonly code: string }

/** Other sessions end before the factor becomes active. */
export const confirmEnrollment =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, by, code }: Confirmation, caller: Caller) =>
    pipe(
      checkCode(needs)({ accountId, purpose: 'confirmation', code, by }, caller),
      TE.map(({ revision }) => revision),
    )
