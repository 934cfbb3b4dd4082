import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Factor } from '../../domain/session/events.ts'
import type { Caller } from '../caller.ts'
import { checkCode } from '../second-factor/check-code.ts'
import { sendCode } from '../second-factor/deliver-code.ts'
import { confirmEnrollment, enroll } from '../second-factor/enroll.ts'
import { grantSession, type Transport } from '../sessions/grant-session.ts'
import { asOutcome, firstFactor, issueChallenge } from './login-outcome.ts'
import { answer, type Found, type GrantNeeds, openChallenge, voidBy } from './open-challenge.ts'
import { unlockLogin } from './unlock-login.ts'

type Granted = { readonly accountRevision: number; readonly factors: Factor[]; readonly transport: Transport }

/** Of several callers one gets the session, bound to the account revision that the password was checked against. */
const grant = (needs: GrantNeeds, found: Found, granted: Granted, caller: Caller) => {
  const { accountId } = found.account
  return pipe(
    answer(needs, found, null, caller),
    TE.chainFirstW(() => unlockLogin(needs)(found.account, caller)),
    TE.chainW(() => grantSession(needs)({ accountId, key: found.challenge.key, ...granted }, caller)),
  )
}

/** The code comes first, so that whoever knows no more than the password that was set cannot replace it. */
const askForPassword = (
  needs: GrantNeeds,
  found: Found,
  { accountRevision, removed }: { readonly accountRevision: number; readonly removed: boolean },
  caller: Caller,
) => {
  const { account, challenge } = found
  const secondFactorRevision = removed ? -1 : challenge.secondFactorRevision
  const next = { accountRevision, secondFactorRevision, codeLocks: challenge.codeLocks, purpose: 'change_password' as const, key: null }
  return pipe(
    answer(needs, found, null, caller),
    TE.chainFirstW(() => unlockLogin(needs)(account, caller)),
    TE.chainW(() => issueChallenge(needs, account, next, caller)),
  )
}

type Answer = { readonly challenge: string; readonly code: string; readonly transport: Transport }

export const answerChallenge =
  (needs: GrantNeeds) =>
  ({ challenge: token, code, transport }: Answer, caller: Caller) =>
    pipe(
      TE.Do,
      TE.bindW('found', () => openChallenge(needs, token, ['verify'], caller)),
      TE.bindW('checked', ({ found: { account, challenge } }) => {
        const by = { checkedAt: challenge.accountRevision }
        return voidBy(
          'session_ended',
          'not_enrolled',
        )(checkCode(needs)({ accountId: account.accountId, purpose: 'login', code, by }, caller))
      }),
      TE.bindW('outcome', ({ found, checked: { removed, revision } }) => {
        const accountRevision = revision ?? found.challenge.accountRevision
        const { key } = found.challenge
        if (key === null && found.account.passwordChangeRequired) return askForPassword(needs, found, { accountRevision, removed }, caller)
        const first = firstFactor(key)
        const factors: Factor[] = removed ? [first] : [first, 'otp']
        return asOutcome(grant(needs, found, { accountRevision, factors, transport }, caller))
      }),
      TE.map(({ outcome, checked }) => ({ outcome, secondFactorRemoved: checked.removed })),
    )

/** The challenge stays open. */
export const sendCodeForChallenge = (needs: GrantNeeds) => (token: string, caller: Caller) =>
  pipe(
    openChallenge(needs, token, ['verify', 'enroll'], caller),
    TE.chainW(({ account }) => sendCode(needs)(account.accountId, caller)),
  )

/** The challenge stays open until the enrollment is confirmed. */
export const enrollByChallenge = (needs: GrantNeeds) => (token: string, caller: Caller) =>
  pipe(
    openChallenge(needs, token, ['enroll'], caller),
    TE.chainW(({ account }) => enroll(needs)({ accountId: account.accountId, sessionId: null, replaces: false }, caller)),
  )

/** Ends every other session: none of them was opened with this factor. */
export const confirmByChallenge =
  (needs: GrantNeeds) =>
  ({ challenge: token, code, transport }: Answer, caller: Caller) =>
    pipe(
      TE.Do,
      TE.bindW('found', () => openChallenge(needs, token, ['enroll'], caller)),
      TE.bindW('revision', ({ found: { account, challenge } }) => {
        const confirmation = { accountId: account.accountId, by: { checkedAt: challenge.accountRevision }, code }
        return voidBy('session_ended', 'already_enrolled')(confirmEnrollment(needs)(confirmation, caller))
      }),
      TE.chainW(({ found, revision }) => {
        const accountRevision = revision ?? found.challenge.accountRevision
        return grant(needs, found, { accountRevision, factors: [firstFactor(found.challenge.key), 'otp'], transport }, caller)
      }),
    )
