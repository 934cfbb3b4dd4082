import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Now } from '../application/ports/clock.ts'
import type { StoreFailure } from '../application/ports/event-store.ts'
import type { Overloaded } from '../application/ports/hasher.ts'
import type { Undeliverable } from '../application/ports/mail.ts'
import type { NamesSpent } from '../application/ports/name-budget.ts'
import type { KeyShredded } from '../application/ports/vault.ts'
import type { Refusal as AccessRefusal } from '../domain/access/decider.ts'
import type { Refusal as AccountRefusal } from '../domain/account/decider.ts'
import type { PasswordFlaw } from '../domain/account/password-policy.ts'
import type { Refusal as AdministratorsRefusal } from '../domain/administrators/decider.ts'
import type { Refusal as DevicesRefusal } from '../domain/devices/decider.ts'
import type { Refusal as EmailRefusal } from '../domain/email-claim/decider.ts'
import type { Refusal as IdentityRefusal } from '../domain/identity/decider.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { Refusal as LoginRefusal } from '../domain/login/decider.ts'
import type { Refusal as SecondFactorRefusal } from '../domain/second-factor/decider.ts'
import type { Refusal as SessionRefusal } from '../domain/session/decider.ts'
import type { ProblemAnswer, ProblemCode, ProblemExtra } from './problems.ts'

type PasswordRejected = { readonly type: 'password_rejected'; readonly reason: PasswordFlaw }

export type Failure =
  | AccessRefusal
  | AccountRefusal
  | EmailRefusal
  | IdentityRefusal
  | LoginRefusal
  | AdministratorsRefusal
  | SecondFactorRefusal
  | SessionRefusal
  | DevicesRefusal
  | { type: 'elevation_required' }
  | { type: 'second_factor_required' }
  | { type: 'not_a_code' }
  | { type: 'invalid_credentials' }
  | { type: 'no_such_session' }
  | { type: 'second_factor_failed' }
  | { type: 'link_token_void' }
  | { type: 'nothing_to_send' }
  | { type: 'password_chosen' }
  | { type: 'not_an_administrator' }
  | { type: 'no_such_purpose' }
  | { type: 'consent_outdated' }
  | PasswordRejected
  | Overloaded
  | NamesSpent
  | KeyShredded
  | Undeliverable
  | StoreFailure

export const problemOf: Readonly<Record<Failure['type'], ProblemCode>> = {
  account_exists: 'EMAIL_TAKEN',
  no_such_account: 'NOT_FOUND',
  password_outdated: 'INVALID_CREDENTIALS',
  session_ended: 'SESSION_REQUIRED',
  email_change_outdated: 'INVALID_CREDENTIALS',
  no_such_identity: 'NOT_FOUND',
  identity_taken: 'IDENTITY_TAKEN',
  last_credential: 'LAST_CREDENTIAL',
  too_many_identities: 'TOO_MANY_KEYS',
  too_many_rotations: 'TOO_MANY_KEYS',
  challenge_void: 'INVALID_CREDENTIALS',
  key_outdated: 'INVALID_CREDENTIALS',
  blob_outdated: 'STALE_VERSION',
  rotation_pending: 'ROTATION_PENDING',
  no_rotation_pending: 'NOT_FOUND',
  email_taken: 'EMAIL_TAKEN',
  claim_outdated: 'INVALID_CREDENTIALS',
  locked_out: 'LOCKED_OUT',
  attempt_not_pending: 'INVALID_CREDENTIALS',
  attempts_pending: 'OVERLOADED',
  no_such_device: 'NOT_FOUND',
  elevation_required: 'ELEVATION_REQUIRED',
  second_factor_required: 'SECOND_FACTOR_REQUIRED',
  not_a_code: 'VALIDATION_FAILED',
  code_entry_ended: 'RECOVERY_CODE_REQUIRED',
  no_such_challenge: 'SECOND_FACTOR_FAILED',
  codes_locked: 'LOCKED_OUT',
  codes_sent: 'RATE_LIMITED',
  code_not_pending: 'SECOND_FACTOR_FAILED',
  second_factor_failed: 'SECOND_FACTOR_FAILED',
  already_enrolled: 'ALREADY_ENROLLED',
  not_enrolled: 'NOT_ENROLLED',
  link_token_void: 'INVALID_CREDENTIALS',
  nothing_to_send: 'NOT_FOUND',
  password_chosen: 'PASSWORD_ALREADY_CHOSEN',
  not_an_administrator: 'ROLE_REQUIRED',
  no_such_purpose: 'NOT_FOUND',
  consent_outdated: 'STALE_VERSION',
  exported_recently: 'RATE_LIMITED',
  undeliverable: 'OVERLOADED',
  setup_done: 'NOT_FOUND',
  not_set_up: 'NOT_FOUND',
  last_administrator: 'LAST_ADMINISTRATOR',
  session_exists: 'INTERNAL',
  session_not_active: 'SESSION_REQUIRED',
  invalid_credentials: 'INVALID_CREDENTIALS',
  no_such_session: 'NOT_FOUND',
  password_rejected: 'PASSWORD_REJECTED',
  names_spent: 'RATE_LIMITED',
  overloaded: 'OVERLOADED',
  key_shredded: 'INVALID_CREDENTIALS',
  conflict: 'STORE_UNAVAILABLE',
  stream_deleted: 'STORE_UNAVAILABLE',
  unavailable: 'STORE_UNAVAILABLE',
  corrupt: 'STORE_UNAVAILABLE',
}

/** Seconds. */
const storeRetry = 5

const deliveryRetry = 30

const secondsUntil = (until: Instant, now: Instant) => Math.max(1, Math.ceil((until - now) / 1000))

type Until = { readonly until: Instant }
const afterLock = ({ until }: Until, now: Now): ProblemExtra => ({ retryAfter: secondsUntil(until, now()) })
const afterStoreFailure = (): ProblemExtra => ({ retryAfter: storeRetry })

type TypeWithData<F> = F extends Failure ? (Exclude<keyof F, 'type'> extends never ? never : F['type']) : never
type Extras<Type extends Failure['type']> = {
  readonly [T in Type]: (failure: Extract<Failure, { readonly type: T }>, now: Now) => ProblemExtra
}

/** A failure that carries data does not compile until it says here what the caller is told of it. */
const extraOf: Extras<TypeWithData<Failure>> & Partial<Extras<Failure['type']>> = {
  locked_out: afterLock,
  codes_locked: afterLock,
  codes_sent: afterLock,
  exported_recently: afterLock,
  attempts_pending: () => ({ retryAfter: 1 }),
  names_spent: ({ retryAfter }) => ({ retryAfter }),
  overloaded: ({ retryAfter }) => ({ retryAfter }),
  password_rejected: ({ reason }) => ({ reason }),
  undeliverable: () => ({ retryAfter: deliveryRetry }),
  conflict: afterStoreFailure,
  stream_deleted: afterStoreFailure,
  unavailable: afterStoreFailure,
  corrupt: afterStoreFailure,
}

function refuse(failure: Failure, now: Now): ProblemAnswer {
  const extra = extraOf[failure.type] as ((failure: Failure, now: Now) => ProblemExtra) | undefined
  return { problem: problemOf[failure.type], ...extra?.(failure, now) }
}

export type AnswerUseCase = <Done, Answer>(
  useCase: TaskEither<Failure, Done>,
  answer: (done: Done) => Answer,
) => Promise<Answer | ProblemAnswer>

export function answerUseCase(now: Now): AnswerUseCase {
  return async (useCase, answer) => {
    const outcome = await useCase()
    return isLeft(outcome) ? refuse(outcome.left, now) : answer(outcome.right)
  }
}

export const status =
  <Status extends number>(code: Status) =>
  () => ({ status: code })
