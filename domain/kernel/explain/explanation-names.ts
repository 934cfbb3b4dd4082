/** Why a decider decided as it did. Pages and sentences have a text for each. */
export const explanationRules = [
  'attempt_within_budget',
  'matched',
  'failure_counted',
  'budget_spent',
  'budget_spent_before_the_check',
  'lock_lifted',
  'refused_while_locked',
  'challenge_opened',
  'challenge_answered',
  'challenge_voided',
  'summarized',
  'attempt_counts_against_the_session',
  'code_is_newer',
  'recovery_code_unused',
  'last_recovery_code_used',
  'failure_of_a_session',
  'code_may_be_sent',
  'enrollment_begun',
  'enrollment_confirmed',
  'factor_changed',
  'granted',
  'extension_due',
  'refresh_token_current',
  'refresh_token_reused',
  'elevation_proved',
  'factor_withdrawn',
  'access_token_issued',
  'session_budget_spent',
  'session_ended',
  'rotation_proposed',
  'rotation_cancelled',
  'rotation_due',
  'by_command',
] as const
export type ExplanationRule = (typeof explanationRules)[number]

/** What was counted or measured. */
export const counterNames = [
  'attempts_being_checked',
  'attempts_refused',
  'codes_sent_lately',
  'failures',
  'failures_in_a_row',
  'last_accepted_time_step',
  'lock_duration',
  'locks_in_a_row',
  'recovery_code',
  'recovery_codes_left',
  'refresh_token',
  'rejected_since_last_login',
  'rotation',
  'since_last_seen',
  'time_step',
] as const
export type CounterName = (typeof counterNames)[number]

/** From when until when something held. */
export const windowNames = [
  'access_token',
  'challenge',
  'elevation',
  'enrollment',
  'idle',
  'lock',
  'pause_between_codes',
  'refresh_token',
  'refusals',
  'rotation',
  'session',
] as const
export type WindowName = (typeof windowNames)[number]

/** What a guess counts against. */
export const budgetNames = ['strangers', 'known_device', 'code_entry', 'session'] as const
export type BudgetName = (typeof budgetNames)[number]

/** Why nothing is said: the decider gives other events than the recorded ones, what it decided from was erased, or nothing was weighed. */
export const unexplainedReasons = ['decided_otherwise', 'erased', 'not_decided'] as const
export type UnexplainedReason = (typeof unexplainedReasons)[number]
