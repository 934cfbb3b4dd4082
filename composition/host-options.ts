import type { RegistrationFields } from '../api/accounts/profile.ts'
import type { Captcha } from '../api/captcha.ts'
import type { OnRefusal } from '../api/guards/render-refusal.ts'
import { isMailKind, type OwnMailTexts } from '../application/notifications/compose-mail.ts'
import type { OtpProvider } from '../application/ports/otp.ts'
import type { VariableOptions } from '../infrastructure/configuration/options/option-names.ts'
import type { Environment } from '../infrastructure/configuration/read-config.ts'
import type { VerifyLegacyPassword } from '../infrastructure/hashing/imported/legacy-passwords.ts'
import { type HostLogger, isHostLogger } from '../infrastructure/observability/host-logger.ts'
import type { MetricsRegistry } from '../infrastructure/observability/metrics-registry.ts'
import type { GatebookError } from '../library/gatebook-error.ts'

export type GatebookOptions = Omit<VariableOptions, 'otpProvider'> & {
  /** `process.env`, or part of it: its variables count where no option is given. Left out: only `NODE_ENV` of the process is read. */
  readonly environment?: Environment | undefined
  /** One of the built-in providers by name, or your own. */
  readonly otpProvider?: VariableOptions['otpProvider'] | OtpProvider
  readonly captcha?: Captcha | undefined
  /** Where lines go from the start. Left out: to standard output, and once the plugin is registered to the logger of its app. */
  readonly logger?: HostLogger | undefined
  /** Before every path, such as `/auth`. */
  readonly prefix?: string | undefined
  /** Adds the routes under `/api/1/secure` that show what guards do. Default: false. */
  readonly demonstration?: boolean | undefined
  /** `true` counts for `metrics()`; a registry of prom-client shows the metrics too. Default: false. */
  readonly metrics?: boolean | MetricsRegistry | undefined
  /** What else a registration must give, as `profile`: a schema of Zod, Valibot, ArkType or any other library with Standard Schema. */
  readonly registrationFields?: RegistrationFields | undefined
  /** Texts of your own for some mails or all, in place of the built-in ones. */
  readonly mailTexts?: OwnMailTexts | undefined
  /** What your app answers where a guard refuses, in place of the problem document. */
  readonly onRefusal?: OnRefusal<GatebookError> | undefined
  /** Asked for accounts that were imported with `passwordHash: 'external'`. It has five seconds; a failure is a no. */
  readonly verifyLegacyPassword?: VerifyLegacyPassword | undefined
}

type HostOptions = Omit<GatebookOptions, keyof VariableOptions | 'otpProvider'>

/** The options that are no variables. */
export const hostOptionNames = [
  'environment',
  'captcha',
  'logger',
  'prefix',
  'demonstration',
  'metrics',
  'registrationFields',
  'mailTexts',
  'onRefusal',
  'verifyLegacyPassword',
] as const satisfies readonly (keyof HostOptions)[]

const isFunction = (u: unknown) => typeof u === 'function'

const isRegistry = (u: unknown) =>
  typeof u === 'object' && u !== null && 'registerMetric' in u && isFunction(u.registerMetric) && 'removeSingleMetric' in u

const areTexts = (u: unknown) =>
  typeof u === 'object' && u !== null && Object.entries(u).every(([kind, write]) => isMailKind(kind) && isFunction(write))

const isSchema = (u: unknown) => {
  const standard = (u as Partial<RegistrationFields> | null)?.['~standard']
  return standard?.version === 1 && isFunction(standard.validate)
}

const expected: Readonly<Record<keyof HostOptions, readonly [string, (given: unknown) => boolean]>> = {
  environment: ['an object such as process.env', (given) => typeof given === 'object' && given !== null],
  captcha: ['a function', isFunction],
  logger: ['a logger with fatal, error, warn, info and debug', isHostLogger],
  prefix: ['a path such as /auth, without a slash at its end', (given) => typeof given === 'string' && /^(?:\/[\w.~-]+)*$/.test(given)],
  demonstration: ['true or false', (given) => typeof given === 'boolean'],
  metrics: ['true, false or a registry of prom-client', (given) => typeof given === 'boolean' || isRegistry(given)],
  registrationFields: ['a Standard Schema, such as one of Zod, Valibot or ArkType', isSchema],
  mailTexts: ['functions by the names of docs/mail.md', areTexts],
  onRefusal: ['a function', isFunction],
  verifyLegacyPassword: ['a function', isFunction],
}

/** One line for each that is of the wrong kind. */
export function wrongHostOptions(options: HostOptions): readonly string[] {
  return hostOptionNames
    .filter((name) => options[name] !== undefined && !expected[name][1](options[name]))
    .map((name) => `${name}: expected ${expected[name][0]}`)
}

type Split = {
  readonly host: HostOptions
  readonly named: VariableOptions
  readonly ownProvider: OtpProvider | undefined
}

const hostNames: ReadonlySet<string> = new Set(hostOptionNames)

export function splitOptions({ otpProvider, ...options }: GatebookOptions): Split {
  const [host, named] = [true, false].map((isHost) =>
    Object.fromEntries(Object.entries(options).filter(([name]) => hostNames.has(name) === isHost)),
  ) as [HostOptions, VariableOptions]
  return typeof otpProvider === 'object' && otpProvider !== null
    ? { host, named, ownProvider: otpProvider }
    : { host, named: { ...named, otpProvider }, ownProvider: undefined }
}
