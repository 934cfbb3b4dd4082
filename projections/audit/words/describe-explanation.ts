import type { Counter, Explanation, Window } from '../../../domain/kernel/explain/explanation.ts'
import type {
  BudgetName,
  CounterName,
  ExplanationRule,
  UnexplainedReason,
  WindowName,
} from '../../../domain/kernel/explain/explanation-names.ts'
import { timeText } from './time-text.ts'

const rules: Readonly<Record<ExplanationRule, string>> = {
  attempt_within_budget: 'The attempt was counted before it was checked, because its budget was not spent.',
  matched: 'What was entered was right. The failures of this budget start again at 0.',
  failure_counted: 'What was entered was wrong. It counts as a failure, and the budget is not spent.',
  budget_spent: 'The last failure of the budget: a lock begins. Each lock in a row is twice as long as the one before, up to the maximum.',
  budget_spent_before_the_check:
    'The budget was spent by attempts whose outcome was lost, so a lock begins and nothing was checked. Each lock in a row is twice as long as the one before, up to the maximum.',
  lock_lifted: 'The locks were lifted, and all failures forgotten.',
  refused_while_locked: 'These attempts came during a lock. They were not checked, and are recorded as one.',
  challenge_opened: 'The password or the signature was right. The login goes on with a second step.',
  challenge_answered: 'The second step was right, the challenge was open, and is used now.',
  challenge_voided: 'The challenge was open, and can no longer be answered.',
  summarized: 'The state of the stream, so that reading can start here. Nothing was decided.',
  attempt_counts_against_the_session: 'A code of a session counts against the budget of the session.',
  code_is_newer: 'The code was right, and its time step is later than that of every code accepted before.',
  recovery_code_unused: 'The recovery code was right, and was not used before.',
  last_recovery_code_used: 'The recovery code was right, and the last one. The second factor ends with it.',
  failure_of_a_session: 'The code was wrong. It counts against the session, and logins lose nothing by it.',
  code_may_be_sent: 'The pause since the last code was over, and not too many were sent lately.',
  enrollment_begun: 'No second factor was active, or it may be replaced. Nothing changes until a code confirms it.',
  enrollment_confirmed: 'The enrollment was open, and the code was made with its secret.',
  factor_changed: 'The second factor allowed the change. Codes that were being checked count as failures.',
  granted: 'A login was complete. The session lasts as long as the policy says.',
  extension_due: 'The session was used, and a twelfth of its idle time had passed since the last extension.',
  refresh_token_current: 'The newest refresh token of the session was presented. A new one takes its place.',
  refresh_token_reused: 'A refresh token was presented that had been replaced. Somebody has a copy, so the session ends.',
  elevation_proved: 'The session proved its owner again, and is elevated for a while.',
  factor_withdrawn: 'The session had proved the factor, which no longer counts.',
  access_token_issued: 'The session was active, and its current token was presented.',
  session_budget_spent: 'The last failure of the session: it ends.',
  session_ended: 'The session was active, and was ended.',
  rotation_proposed: 'No other rotation was pending, and both keys signed this one. The new key counts from the deadline on.',
  rotation_cancelled: 'The current key cancelled the rotation before the deadline.',
  rotation_due: 'The deadline of the rotation had passed.',
  by_command: 'The state of the stream allowed the command. No number was weighed.',
}

const becauses: Readonly<Record<UnexplainedReason, string>> = {
  decided_otherwise: 'Under this policy the decider gives other events than the recorded ones, so no reason is given.',
  erased: 'What it was decided from was erased.',
  not_decided: 'A fact, recorded as it was. Nothing was weighed.',
}

export const budgetWords: Readonly<Record<BudgetName, string>> = {
  strangers: 'all unknown devices',
  known_device: 'this known device',
  code_entry: 'the codes of logins',
  session: 'this session',
}

export const counterWords: Readonly<Record<CounterName, string>> = {
  attempts_being_checked: 'attempts being checked',
  attempts_refused: 'attempts refused',
  codes_sent_lately: 'codes sent lately',
  failures: 'failures',
  failures_in_a_row: 'wrong codes in a row',
  last_accepted_time_step: 'last accepted time step',
  lock_duration: 'duration of the lock',
  locks_in_a_row: 'locks in a row',
  recovery_code: 'number of the recovery code',
  recovery_codes_left: 'recovery codes left before',
  refresh_token: 'number of the refresh token',
  rejected_since_last_login: 'refused since the last login',
  rotation: 'number of the rotation',
  since_last_seen: 'since the last extension',
  time_step: 'time step',
}

export const windowWords: Readonly<Record<WindowName, string>> = {
  access_token: 'access token',
  challenge: 'challenge',
  elevation: 'elevation',
  enrollment: 'enrollment',
  idle: 'session while idle',
  lock: 'lock',
  pause_between_codes: 'pause between codes',
  refresh_token: 'refresh token',
  refusals: 'refusals',
  rotation: 'rotation',
  session: 'session at most',
}

export function describeRule(explanation: Explanation<unknown>): string {
  return explanation.agrees ? rules[explanation.reasons.rule] : becauses[explanation.because]
}

const amount = (value: number, unit: Counter['unit']) => (unit === 'times' ? String(value) : `${value / 1000} s`)

/** Such as `5 of 5`. */
export function counterText({ value, limit, unit }: Counter): string {
  return limit === null ? amount(value, unit) : `${amount(value, unit)} of ${amount(limit, unit)}`
}

export function windowText({ from, until }: Window): string {
  return until === null ? `from ${timeText(from)}, without end` : `${timeText(from)} to ${timeText(until)}`
}
