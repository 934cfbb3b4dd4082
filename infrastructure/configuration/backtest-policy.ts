import { left, map, mapLeft } from 'fp-ts/lib/Either.js'
import type { Network } from '../../application/network.ts'
import { optionOf, type VariableOptions } from './options/option-names.ts'
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

const backtestVariables = [...lockoutVariables, ...networkVariables] as const

type BacktestValues = Pick<Values, (typeof backtestVariables)[number]>

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
  const values = readSomeOptions(given as BacktestOptions, environment, backtestVariables)
  return map((read: BacktestValues) => ({ ...lockoutsOf(read), networks: networksOf(read) }))(values)
}

const textOf = (value: number | readonly Network[]) =>
  typeof value === 'number' ? String(value) : value.map(({ base, bits }) => `${base.toString()}/${bits}`).join(',')

/** On a server, which may have got its values as options. A mistake is named by its path in the request. */
export const backtestPolicyOn = (values: Values) => {
  const environment = Object.fromEntries(backtestVariables.map((name) => [name, textOf(values[name])]))
  return (given: object) =>
    mapLeft((mistakes: readonly Mistake[]) =>
      mistakes.map(({ variable, expected }) => ({ path: `policy.${optionOf(variable) ?? variable}`, expected })),
    )(readBacktestPolicy(given, environment))
}
