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
import { type Environment, readConfig } from '../infrastructure/configuration/read-config.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { createLogger } from '../infrastructure/observability/logger.ts'
import { openFollowingOf } from './following/open-following.ts'
import { openCore } from './open-core.ts'
import { startFailureText } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

const valuesOf = (environment: Environment) => {
  if (process.platform === 'win32') throw new Error('Gatebook does not run on Windows')
  const values = readConfig(environment)
  if (isLeft(values)) throw new Error(values.left.map(({ variable, expected }) => `${variable}: expected ${expected}`).join('; '))
  const { TOTP_ENABLED, NODE_ENV } = values.right
  // The app listens where it likes, so HOST says nothing here.
  if (!TOTP_ENABLED && NODE_ENV !== 'development') throw new Error('TOTP_ENABLED: expected true, unless NODE_ENV is development')
  return values.right
}

export type EmbedOptions = {
  /** In place of the provider that `OTP_PROVIDER` names. */
  readonly otpProvider?: OtpProvider
  readonly captcha?: Captcha
}

/**
 * Opens Gatebook inside your own app. `environment` holds the variables of docs/configuration.md; `HOST` is not used, and `PORT`
 * only as the default of `PUBLIC_ORIGIN`. Throws an Error that says why if it does not open; then nothing stays open.
 */
export async function embedGatebook(environment: Environment = process.env, options: EmbedOptions = {}) {
  const values = valuesOf(environment)
  const logger = createLogger(values.LOG_LEVEL)
  for (const warning of misspelled(environment)) logger.warn(warning)
  logWarnings(logger, values)
  const opened = await openCore(values, {
    ...logHooks(logger),
    ...(options.otpProvider === undefined ? {} : { otpProvider: options.otpProvider }),
  })
  if (isLeft(opened)) throw new Error(`Gatebook did not open. ${startFailureText(opened.left)}`)
  const gatebook = opened.right
  const { options: mountOptions, guards, ownOrigin } = wireApi(gatebook, values, { logger, ...options })
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
  return {
    /** `app.register(gatebook.plugin)` adds every call under `/api/1`. Closing the app closes the log. */
    plugin: hostPlugin({ mount: (app) => mount(app, mountOptions), close, logger }),
    /** For `onRequest` of your own routes. Each refuses forged requests with the session cookie too, and decides again after the body. */
    guard: {
      session: hookOf(guards.authenticated),
      elevated: hookOf(guards.authenticatedElevated),
      role: (role: string) => hookOf(guards.role(role)),
      claim: (name: string, value: ClaimValue) => hookOf(guards.claim(name, value)),
      elevatedClaim: (name: string, value: ClaimValue) => hookOf(guards.elevatedClaim(name, value)),
    },
    /** Creates the first administrator, once, with `POST /api/1/setup`. */
    setupToken: gatebook.setupToken.token,
    follow,
    on,
    sessions: { onEnd: ends.onEnd, ended: ends.ended },
    close,
  }
}
