import { isLeft } from 'fp-ts/lib/Either.js'
import type { Captcha } from '../api/captcha.ts'
import { guardHook } from '../api/guards/guard-hook.ts'
import { hostPlugin } from '../api/guards/host-plugin.ts'
import { mount } from '../api/http/mount.ts'
import type { Guard } from '../api/http/route.ts'
import { sessionEnds } from '../api/live/session-ends.ts'
import { originCheck } from '../api/protection/origin.ts'
import type { OtpProvider } from '../application/ports/otp.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import { logWarnings } from '../infrastructure/configuration/log-warnings.ts'
import { misspelled } from '../infrastructure/configuration/misspelled.ts'
import type { VariableOptions } from '../infrastructure/configuration/options/option-names.ts'
import { readOptions, unknownOptions } from '../infrastructure/configuration/options/read-options.ts'
import type { Environment } from '../infrastructure/configuration/read-config.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { createLogger } from '../infrastructure/observability/logger.ts'
import { changeAccounts } from '../library/change-accounts.ts'
import { createAccounts } from '../library/create-accounts.ts'
import { currentSession } from '../library/current-session.ts'
import { hostSessions } from '../library/host-sessions.ts'
import { readAccounts } from '../library/read-accounts.ts'
import { openFollowingOf } from './following/open-following.ts'
import { openCore } from './open-core.ts'
import { startFailureText } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

export type GatebookOptions = Omit<VariableOptions, 'otpProvider'> & {
  /** `process.env`, or part of it: its variables count where no option is given. Left out: only `NODE_ENV` of the process is read. */
  readonly environment?: Environment
  /** One of the built-in providers by name, or your own. */
  readonly otpProvider?: VariableOptions['otpProvider'] | OtpProvider
  readonly captcha?: Captcha | undefined
}

const others = ['environment', 'captcha'] as const satisfies readonly (keyof GatebookOptions)[]

type Split = { readonly named: VariableOptions; readonly ownProvider: OtpProvider | undefined }

const splitProvider = ({ otpProvider, ...options }: Omit<GatebookOptions, (typeof others)[number]>): Split =>
  typeof otpProvider === 'object' && otpProvider !== null
    ? { named: options, ownProvider: otpProvider }
    : { named: { ...options, otpProvider }, ownProvider: undefined }

const valuesOf = (options: VariableOptions, environment: Environment) => {
  if (process.platform === 'win32') throw new Error('Gatebook does not run on Windows')
  const unknown = unknownOptions(options, others)
  if (unknown.length > 0) throw new TypeError(unknown.join('; '))
  const values = readOptions(options, environment)
  if (isLeft(values)) throw new TypeError(values.left.map(({ variable, expected }) => `${variable}: expected ${expected}`).join('; '))
  const { TOTP_ENABLED, NODE_ENV } = values.right
  // The app listens where it likes, so HOST says nothing here.
  if (!TOTP_ENABLED && NODE_ENV !== 'development') {
    throw new TypeError(
      `${options.totpEnabled === undefined ? 'TOTP_ENABLED' : 'totpEnabled'}: expected true, unless NODE_ENV is development`,
    )
  }
  return values.right
}

/**
 * Opens Gatebook inside your own app. The options are the variables of docs/configuration.md in camelCase. Rejects with a TypeError
 * that names each option that is wrong, or with an Error that says why the log does not open; then nothing stays open.
 */
export async function openGatebook(options: GatebookOptions = {}) {
  const { environment = {}, captcha, ...rest } = options
  const { named, ownProvider } = splitProvider(rest)
  // An app in production must not miss the rules of production because it said so where every Node program does.
  const values = valuesOf(named, { NODE_ENV: process.env.NODE_ENV, ...environment })
  const logger = createLogger(values.LOG_LEVEL)
  for (const warning of misspelled(environment)) logger.warn(warning)
  logWarnings(logger, values)
  const opened = await openCore(values, {
    ...logHooks(logger),
    ...(ownProvider === undefined ? {} : { otpProvider: ownProvider }),
  })
  if (isLeft(opened)) throw new Error(`Gatebook did not open. ${startFailureText(opened.left)}`)
  const gatebook = opened.right
  const {
    options: mountOptions,
    guards,
    ownOrigin,
    context,
    sessionGuard,
  } = wireApi(gatebook, values, { logger, ...(captcha === undefined ? {} : { captcha }) })
  ownOrigin(values.PORT)
  const checkOrigin = originCheck(mountOptions.origins)
  const { follow, on, close: stopFollowing } = openFollowingOf(gatebook, logger)
  const ends = sessionEnds({
    ...gatebook,
    byId: gatebook.queries.sessionQueries.byId,
    now: gatebook.ports.journal.now,
    onFault: (error) => logger.error({ error }, 'a listener to the end of a session failed'),
  })
  const close = async () => {
    mountOptions.onClosing?.()
    ends.close()
    await stopFollowing()
    await gatebook.close()
  }
  const hookOf = (guards: readonly Guard[]) => guardHook([checkOrigin], guards, mountOptions.positions)
  const needs = { ...context, sessionGuard, positions: mountOptions.positions }
  const changes = changeAccounts(needs)
  return {
    /** `Headers`, or a request that has them. Takes no budget and counts as use of the session; the origin is not looked at. */
    session: currentSession(needs),
    accounts: { ...createAccounts(needs), ...readAccounts(needs), ...changes.accounts },
    roles: changes.roles,
    claims: changes.claims,
    sessions: { ...hostSessions(needs), onEnd: ends.onEnd, ended: ends.ended },
    /** `app.register(gatebook.plugin)` adds every call under `/api/1`. Closing the app closes the log. */
    plugin: hostPlugin({ mount: (app) => mount(app, mountOptions), close, logger }),
    /** For `onRequest` of your own routes. Each refuses forged requests with the session cookie too, and decides again after the body. */
    guard: {
      session: hookOf(guards.authenticated),
      /** Lets anybody in; `optionalSessionOf` tells who it is. */
      optional: hookOf(guards.optional),
      elevated: hookOf(guards.authenticatedElevated),
      role: (role: string) => hookOf(guards.role(role)),
      anyRole: (first: string, ...others: readonly string[]) => hookOf(guards.anyRole([first, ...others])),
      claim: (name: string, value: ClaimValue) => hookOf(guards.claim(name, value)),
      elevatedClaim: (name: string, value: ClaimValue) => hookOf(guards.elevatedClaim(name, value)),
    },
    /** Creates the first administrator, once, with `POST /api/1/setup`. */
    setupToken: gatebook.setupToken.token,
    follow,
    on,
    close,
  }
}
