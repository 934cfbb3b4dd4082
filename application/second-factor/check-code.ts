import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, AttemptId } from '../../domain/kernel/ids.ts'
import type { Found, State } from '../../domain/second-factor/decider.ts'
import type { CodePurpose, SecondFactorEvent } from '../../domain/second-factor/events.ts'
import { endsFactor, isUsable } from '../../domain/second-factor/recovery-codes.ts'
import { existingAccount } from '../accounts/find-account.ts'
import { awaitAttempts } from '../await-attempts.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { type Changer, endOtherSessions } from '../sessions/end-other-sessions.ts'
import { reauthenticate } from '../sessions/reauthenticate.ts'
import { openRecoverySet, openSecret } from './secrets.ts'

/** `removed`: the last jump-ahead code disabled the second factor. `revision`: of the account, if other sessions were ended. */
export type CodeChecked = { readonly removed: boolean; readonly revision: number | null }

type CodeToCheck = { readonly accountId: AccountId; readonly purpose: CodePurpose; readonly code: string; readonly by: Changer }

type CodeNeeds = Needs<'journal' | 'crypto'>

const nothing: Found = { type: 'nothing' }

/** Always looks for both kinds, so that the time reveals nothing about the code. */
const find = (needs: CodeNeeds, accountId: AccountId, { factor, enrollment }: State, purpose: CodePurpose, code: string) => {
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

const proves = (event: SecondFactorEvent) =>
  event.type === 'CodeAccepted' || event.type === 'RecoveryCodeUsed' || event.type === 'TotpEnrollmentConfirmed'

const changeBy = ({ factor }: State, purpose: CodePurpose, found: Found) => {
  if (found.type === 'nothing') return null
  if (purpose === 'confirmation') return 'second_factor_enrolled'
  if (found.type === 'step' || factor.type === 'none' || !isUsable(factor.recovery, found.number)) return null
  return endsFactor(factor.recovery, found.number) ? 'second_factor_removed' : null
}

type Counted = { readonly attemptId: AttemptId; readonly state: State; readonly code: string }

const count = (needs: CodeNeeds, { accountId, purpose, code: typed, by }: CodeToCheck, caller: Caller) => {
  const { journal, crypto } = needs
  const attemptId = journal.newId() as AttemptId
  const { code, type } = crypto.readCode(typed)
  const sessionId = by !== null && 'sessionId' in by ? by.sessionId : null
  const decide = (accountRevision: number) => {
    const attempt = { type: 'attempt' as const, attemptId, purpose, sessionId, accountRevision, isRecoveryCode: type === 'recovery_code' }
    return journal.decide(streams.secondFactor(accountId), { ...attempt, at: journal.now() }, metadataOf(caller, accountId))
  }
  return pipe(
    TE.fromPredicate(
      () => type !== 'neither',
      () => ({ type: 'not_a_code' as const }),
    )(type),
    TE.chainW(() => existingAccount(needs)(accountId)),
    TE.chainW(({ ended }) => awaitAttempts(async () => decide(ended.revision)())),
    TE.chainW(({ state, events }) => {
      const lock = events.find((event) => event.type === 'CodeEntryLocked')
      return lock === undefined
        ? TE.right<never, Counted>({ attemptId, state, code })
        : TE.left({ type: 'codes_locked' as const, until: lock.data.until })
    }),
    TE.orElseFirstIOK((failure) => () => {
      if (failure.type === 'codes_locked') journal.countRefusedCode()
    }),
  )
}

/** Other sessions end before and after the change, so that neither a crash nor a parallel login leaves one. */
const check = (needs: CodeNeeds, { accountId, purpose, by }: CodeToCheck, { attemptId, state, code }: Counted, caller: Caller) => {
  const { journal, crypto } = needs
  const areDelivered = crypto.otp.deliver !== undefined
  const endOthers = (because: 'second_factor_enrolled' | 'second_factor_removed', keep: Changer) =>
    pipe(
      endOtherSessions(needs)({ accountId, by: keep, because, actor: accountId }, caller),
      TE.map(({ revision }) => revision),
    )
  return pipe(
    find(needs, accountId, state, purpose, code),
    TE.bindTo('found'),
    TE.bindW('revision', ({ found }) => {
      const because = changeBy(state, purpose, found)
      return because === null ? TE.right(null) : endOthers(because, by)
    }),
    TE.bindW('settled', ({ found }) => {
      const command = { type: 'settle' as const, attemptId, found, areDelivered, at: journal.now() }
      return journal.decide(streams.secondFactor(accountId), command, metadataOf(caller, accountId))
    }),
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
  )
}

/** Counts the code before it checks it: against the session that asks, or against the budget of logins. */
export const checkCode = (needs: CodeNeeds) => (toCheck: CodeToCheck, caller: Caller) => {
  const { by, purpose } = toCheck
  return pipe(
    count(needs, toCheck, caller),
    TE.chainW((counted) => {
      const checked = check(needs, toCheck, counted, caller)
      if (purpose === 'login' || by === null || !('sessionId' in by)) return checked
      return reauthenticate(needs)({ sessionId: by.sessionId, purpose }, caller)(checked)
    }),
  )
}
