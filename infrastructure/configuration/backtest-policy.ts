import { left, map } from 'fp-ts/lib/Either.js'
import type { VariableOptions } from './options/option-names.ts'
import { readSomeOptions } from './options/read-options.ts'
import { lockoutsOf, lockoutVariables, networkVariables } from './policies.ts'
import type { Environment } from './read-config.ts'
import type { Mistake } from './rule.ts'
import type { Values } from './variables.ts'

/** What a back-test can change. Each is the option of this name. */
export const backtestOptions = [
  'loginMaxAttempts',
  'loginLockoutSeconds',
  'loginLockoutMaxSeconds',
  'maxOtpAttempts',
  'otpLockoutSeconds',
  'otpLockoutMaxSeconds',
  'loginRatePerMinute',
  'blockedAddresses',
] as const

export type BacktestOptions = Pick<VariableOptions, (typeof backtestOptions)[number]>

const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

type BacktestValues = Pick<Values, (typeof lockoutVariables)[number] | (typeof networkVariables)[number]>

const networksOf = ({ LOGIN_RATE_PER_MINUTE, BLOCKED_ADDRESSES }: BacktestValues) => ({
  attemptsPerMinute: LOGIN_RATE_PER_MINUTE,
  blocked: BLOCKED_ADDRESSES,
})

/** The policy in force, with what `given` changes of it. */
export function readBacktestPolicy(given: unknown, environment: Environment) {
  if (!isRecord(given)) return left<readonly Mistake[]>([{ variable: 'the policy', expected: 'a JSON object' }])
  const unknown = Object.keys(given).filter((name) => !(backtestOptions as readonly string[]).includes(name))
  if (unknown.length > 0)
    return left<readonly Mistake[]>([{ variable: 'the policy', expected: `no other names than ${backtestOptions.join(', ')}` }])
  const values = readSomeOptions(given as BacktestOptions, environment, [...lockoutVariables, ...networkVariables])
  return map((read: BacktestValues) => ({ ...lockoutsOf(read), networks: networksOf(read) }))(values)
}
