import { left, map } from 'fp-ts/lib/Either.js'
import { readSomeOptions } from './options/read-options.ts'
import { lockoutsOf, lockoutVariables } from './policies.ts'
import type { Environment } from './read-config.ts'
import type { Mistake } from './rule.ts'

/** What a back-test can change. Each is the option of this name. */
export const backtestOptions = [
  'loginMaxAttempts',
  'loginLockoutSeconds',
  'loginLockoutMaxSeconds',
  'maxOtpAttempts',
  'otpLockoutSeconds',
  'otpLockoutMaxSeconds',
] as const

export type BacktestOptions = { readonly [Name in (typeof backtestOptions)[number]]?: number }

const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

/** The policy in force, with what `given` changes of it. */
export function readBacktestPolicy(given: unknown, environment: Environment) {
  if (!isRecord(given)) return left<readonly Mistake[]>([{ variable: 'the policy', expected: 'a JSON object' }])
  const unknown = Object.keys(given).filter((name) => !(backtestOptions as readonly string[]).includes(name))
  if (unknown.length > 0)
    return left<readonly Mistake[]>([{ variable: 'the policy', expected: `no other names than ${backtestOptions.join(', ')}` }])
  return map(lockoutsOf)(readSomeOptions(given as BacktestOptions, environment, lockoutVariables))
}
