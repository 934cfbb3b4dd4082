import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, AttemptId } from '../../domain/kernel/ids.ts'
import type { Found, State } from '../../domain/second-factor/decider.ts'
import type { CodePurpose, SecondFactorEvent } from '../../domain/second-factor/events.ts'
import { endsFactor, isUsable } from '../../domain/second-factor/recovery-codes.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { notifyOfFactorChange } from '../notifications/second-factor-notices.ts'
import { type Changer, endOtherSessions } from '../sessions/end-other-sessions.ts'
import { openRecoverySet, openSecret } from './secrets.ts'

/** `removed`: the last jump-ahead code disabled the second factor. `revision`: of the account, if other sessions were ended. */
export type CodeChecked = { readonly removed: boolean; readonly revision: number | null }

type CodeToCheck = { readonly accountId: AccountId; readonly purpose: CodePurpose; readonly code: string; readonly by: Changer }

const nothing: Found = { type: 'nothing' }

/** Always looks for both kinds, so that the time reveals nothing about the code. */
const find = (
  needs: Needs<'journal' | 'crypto'>,
  accountId: AccountId,
  { factor, enrollment }: State,
  purpose: CodePurpose,
  code: string,
) => {
  const kept = purpose === 'confirmation' ? enrollment : factor.type === 'active' ? factor : null
  if (kept === null) return TE.right(nothing)
  return pipe(
    TE.Do,
    TE.bindW('secret', () => openSecret(needs, accountId, kept.secret)),
    TE.bindW('set', () => openRecoverySet(needs, kept.recovery.set)),
    TE.map(({ secret, set }): Found => {
      const step = needs.crypto.otp.matchingStep(secret, code, needs.journal.now())
      if (purpose === 'confirmation') return step === null ? nothing : { type: 'step', step }
      const number = needs.crypto.recoveryCodes.matchingNumber(accountId, set, code)
      if (step !== null) return { type: 'step', step }
      return number === null ? nothing : { type: 'recovery_code', number }
    }),
  )
}

const lockIn = (events: readonly SecondFactorEvent[]) => events.find((event) => event.type === 'CodeEntryLocked')

const proves = (event: SecondFactorEvent) =>
  event.type === 'CodeAccepted' || event.type === 'RecoveryCodeUsed' || event.type === 'TotpEnrollmentConfirmed'

const changeBy = ({ factor }: State, purpose: CodePurpose, found: Found) => {
  if (found.type === 'nothing') return null
  if (purpose === 'confirmation') return 'second_factor_enrolled'
  if (found.type === 'step' || factor.type === 'none' || !isUsable(factor.recovery, found.number)) return null
  return endsFactor(factor.recovery, found.number) ? 'second_factor_removed' : null
}

/** Counts the code before it checks it. Other sessions end before and after the change, so that neither a crash nor a parallel login leaves one. */
export const checkCode =
  (needs: Needs<'journal' | 'crypto' | 'mail'>) =>
  ({ accountId, purpose, code, by }: CodeToCheck, caller: Caller) => {
    const { journal } = needs
    const stream = streams.secondFactor(accountId)
    const attemptId = needs.journal.newId() as AttemptId
    const metadata = metadataOf(caller, accountId)
    const endOthers = (because: 'second_factor_enrolled' | 'second_factor_removed', keep: Changer) =>
      pipe(
        endOtherSessions(needs)({ accountId, by: keep, because, actor: accountId }, caller),
        TE.map(({ revision }) => revision),
      )
    return pipe(
      TE.Do,
      TE.bindW('counted', () => journal.decide(stream, { type: 'attempt', attemptId, purpose, at: journal.now() }, metadata)),
      TE.chainFirstW(({ counted }) => {
        const lock = lockIn(counted.events)
        return lock === undefined ? TE.right(null) : TE.left({ type: 'codes_locked' as const, until: lock.data.until })
      }),
      TE.orElseFirstIOK((failure) => () => {
        if (failure.type === 'codes_locked') needs.journal.countRefusedCode()
      }),
      TE.bindW('found', ({ counted }) => find(needs, accountId, counted.state, purpose, code)),
      TE.bindW('revision', ({ counted, found }) => {
        const because = changeBy(counted.state, purpose, found)
        return because === null ? TE.right(null) : endOthers(because, by)
      }),
      TE.bindW('settled', ({ found }) => journal.decide(stream, { type: 'settle', attemptId, found, at: journal.now() }, metadata)),
      TE.filterOrElseW(
        ({ settled }) => settled.events.some(proves),
        () => ({ type: 'second_factor_failed' as const }),
      ),
      TE.bindW('ended', ({ revision }) => {
        if (revision === null || purpose !== 'confirmation') return TE.right(revision)
        return endOthers('second_factor_enrolled', by !== null && 'checkedAt' in by ? { checkedAt: revision } : by)
      }),
      TE.map(
        ({ settled, ended }): CodeChecked => ({
          revision: ended,
          removed: settled.events.some(({ type }) => type === 'SecondFactorRemoved'),
        }),
      ),
      TE.chainFirstW(({ removed }) => (removed ? notifyOfFactorChange(needs, accountId, 'second_factor_removed') : TE.right(undefined))),
    )
  }
