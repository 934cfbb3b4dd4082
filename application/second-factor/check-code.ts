import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, AttemptId } from '../../domain/kernel/ids.ts'
import { secondFactorStream } from '../../domain/kernel/streams.ts'
import type { Found, State } from '../../domain/second-factor/decider.ts'
import type { CodePurpose, SecondFactorEvent } from '../../domain/second-factor/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import type { Dependencies } from '../dependencies.ts'
import { openRecoverySet, openSecret } from './secrets.ts'

/** What a code was given for and what it turned out to be. `removed`: it was the last of a jump-ahead set and turned the second factor off. */
export type CodeChecked = { readonly state: State; readonly removed: boolean }

const nothing: Found = { is: 'nothing' }

/** Both kinds are looked for where there can be both, whatever the code looks like, so that the time says nothing about it. */
const find = (needs: Dependencies, accountId: AccountId, { factor, enrollment }: State, purpose: CodePurpose, code: string) => {
  const kept = purpose === 'confirmation' ? enrollment : factor.is === 'active' ? factor : null
  if (kept === null) return TE.right(nothing)
  return pipe(
    TE.Do,
    TE.bindW('secret', () => openSecret(needs, accountId, kept.secret)),
    TE.bindW('set', () => openRecoverySet(needs, kept.recovery.set)),
    TE.map(({ secret, set }): Found => {
      const step = needs.otp.matchingStep(secret, code, needs.now())
      if (purpose === 'confirmation') return step === null ? nothing : { is: 'step', step }
      const number = needs.recoveryCodes.matchingNumber(accountId, set, code)
      if (step !== null) return { is: 'step', step }
      return number === null ? nothing : { is: 'recovery_code', number }
    }),
  )
}

const lockIn = (events: readonly SecondFactorEvent[]) => events.find((event) => event.type === 'CodeEntryLocked')

const proves = (event: SecondFactorEvent) =>
  event.type === 'CodeAccepted' || event.type === 'RecoveryCodeSpent' || event.type === 'TotpConfirmed'

/**
 * Counts the code, and only then checks it; one budget for every code of the account, whatever it is given for. `before` runs between a right code and its
 * effect, and can still refuse it.
 */
export const checkCode = <Refusal = never>(
  needs: Dependencies,
  { accountId, purpose, code }: { readonly accountId: AccountId; readonly purpose: CodePurpose; readonly code: string },
  caller: Caller,
  before: () => TE.TaskEither<Refusal, unknown> = () => TE.right(undefined),
) => {
  const { handle, aggregates, now } = needs
  const stream = secondFactorStream(accountId)
  const attemptId = needs.newId() as AttemptId
  const metadata = metadataOf(caller, accountId)
  return pipe(
    TE.Do,
    TE.bindW('counted', () => handle(aggregates.secondFactor, stream, { do: 'attempt', attemptId, purpose, at: now() }, metadata)),
    TE.chainFirstW(({ counted }) => {
      const lock = lockIn(counted.events)
      return lock === undefined ? TE.right(null) : TE.left({ is: 'codes_locked' as const, until: lock.data.until })
    }),
    TE.bindW('found', ({ counted }) => find(needs, accountId, counted.state, purpose, code)),
    TE.chainFirstW(({ found }) => (found.is === 'nothing' ? TE.right(undefined) : before())),
    TE.bindW('settled', ({ found }) => handle(aggregates.secondFactor, stream, { do: 'settle', attemptId, found, at: now() }, metadata)),
    TE.chainW(({ settled: { events, state } }) => {
      const removed = events.some(({ type }) => type === 'SecondFactorRemoved')
      return events.some(proves) ? TE.right<never, CodeChecked>({ state, removed }) : TE.left('second_factor_failed' as const)
    }),
  )
}
