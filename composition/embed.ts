import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { Captcha } from '../api/captcha.ts'
import { mount } from '../api/http/mount.ts'
import { awaitPosition, type Positions } from '../api/http/positions.ts'
import type { Guard } from '../api/http/route.ts'
import { type ProblemAnswer, sendProblem } from '../api/problems.ts'
import { originCheck } from '../api/protection/origin.ts'
import type { OtpProvider } from '../application/ports/otp.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import { httpDurations } from '../infrastructure/observability/http-durations.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { createLogger } from '../infrastructure/observability/logger.ts'
import { warnings } from './config/contradictions.ts'
import { type Environment, readConfig } from './config/read-config.ts'
import { openCore } from './open-core.ts'
import { startFailureText } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

/** Guards as one Fastify hook: the first that refuses answers, in the words of the contract. A request may ask to be answered with no less than a position. */
const hook =
  (first: Guard, guards: readonly Guard[], positions: Positions): onRequestHookHandler =>
  (request, reply, done) => {
    const pass = (refused: ProblemAnswer | undefined) => {
      if (refused !== undefined) return void sendProblem(reply, refused.problem, refused)
      for (const guard of guards) {
        const refused = guard(request)
        if (refused !== undefined) return void sendProblem(reply, refused.problem, refused)
      }
      done()
    }
    const asked = first(request) ?? awaitPosition(positions, request)
    if (asked instanceof Promise) void asked.then(pass)
    else pass(asked)
  }

const valuesOf = (environment: Environment) => {
  const values = readConfig(environment)
  if (!isLeft(values)) return values.right
  throw new Error(values.left.map(({ variable, expected }) => `${variable}: expected ${expected}`).join('; '))
}

/** What an app brings along: its own way of bringing codes, its own check of captchas. */
export type Own = { readonly otpProvider?: OtpProvider; readonly captcha?: Captcha }

/**
 * Opens Gatebook inside an app of one's own. `environment` has the variables of docs/configuration.md (`HOST` and `PORT` say nothing here, but `PORT` is
 * the one that PUBLIC_ORIGIN falls back to). Throws an Error that says why if it cannot be opened; then nothing stays open.
 */
export async function embedGatebook(environment: Environment = process.env, own: Own = {}) {
  const values = valuesOf(environment)
  const logger = createLogger(values.LOG_LEVEL)
  for (const warning of warnings(values)) logger.warn(warning)
  const opened = await openCore(values, {
    ...logHooks(logger),
    ...(own.otpProvider === undefined ? {} : { otpProvider: own.otpProvider }),
  })
  if (isLeft(opened)) throw new Error(`Gatebook did not open. ${startFailureText(opened.left)}`)
  const gatebook = opened.right
  const { options, guards, ownOrigin } = wireApi(gatebook, values, {
    logger,
    durations: httpDurations(),
    ...own,
  })
  ownOrigin(values.PORT)
  const fromAllowedOrigin = originCheck(options.origins)
  const hookOf = (guards: readonly Guard[]) => hook(fromAllowedOrigin, guards, gatebook.positions)
  return {
    /** `app.register(gatebook.plugin)`: every call under `/api/1`, in a scope of its own; closing the app closes the log. */
    plugin: async (app: FastifyInstance) => {
      mount(app, options)
      app.addHook('onClose', gatebook.close)
    },
    /** For `onRequest` of one's own routes: origin (a forged request with the cookie is refused), session, role, claim, elevation. */
    guard: {
      session: hookOf(guards.proven),
      elevated: hookOf(guards.provenElevated),
      role: (role: string) => hookOf(guards.role(role)),
      claim: (name: string, value: ClaimValue) => hookOf(guards.claim(name, value)),
      elevatedClaim: (name: string, value: ClaimValue) => hookOf(guards.elevatedClaim(name, value)),
    },
    /** Makes the first administrator, once: `POST /api/1/setup`. */
    setupToken: gatebook.setupToken.token,
    close: gatebook.close,
  }
}
