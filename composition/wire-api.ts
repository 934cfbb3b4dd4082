import type { Logger } from 'pino'
import type { Captcha } from '../api/captcha.ts'
import type { Context } from '../api/context.ts'
import { guards } from '../api/guards/guards.ts'
import { correlationId } from '../api/http/correlation.ts'
import type { MountOptions } from '../api/http/mount.ts'
import { callerAddress, limitedAs } from '../api/protection/address.ts'
import { inNetworks } from '../api/protection/network.ts'
import { answerUseCase } from '../api/refusals.ts'
import { routes } from '../api/routes.ts'
import type { HttpDurations } from '../infrastructure/observability/http-durations.ts'
import type { Values } from './config/variables.ts'
import type { Gatebook } from './gatebook.ts'

type Around = { readonly logger: Logger; readonly durations: HttpDurations; readonly captcha?: Captcha }

/** The API on an open core, ready to be put on a server of ours or on somebody else's. */
export function wireApi(gatebook: Gatebook, values: Values, { logger, durations, captcha = async () => true }: Around) {
  const { ports, queries, find, seen, isFresh, accessTokens, positions } = gatebook
  const addressOf = callerAddress(values.TRUSTED_PROXIES)
  const context: Context = {
    ...ports,
    answer: answerUseCase(ports.journal.now),
    ...queries,
    guards: guards({
      find,
      seen,
      isFresh,
      now: ports.journal.now,
      hashToken: ports.crypto.tokens.hash,
      needsSecondFactor: ports.policy.requiresSecondFactor,
    }),
    callerOf: (request) => {
      const address = addressOf(request)
      const userAgent = request.headers['user-agent'] ?? null
      return { address, network: limitedAs(address), userAgent, correlationId: correlationId(request) }
    },
    accessTokens,
    captcha,
    registration: values.REGISTRATION,
    inBackground: gatebook.inBackground,
  }
  const origins = new Set(values.ALLOWED_ORIGINS)
  const options: MountOptions = {
    routes: routes(context),
    origins,
    allowedOrigins: values.ALLOWED_ORIGINS,
    callerAddress: addressOf,
    isBlocked: inNetworks(values.BLOCKED_ADDRESSES),
    limits: { general: values.RATE_PER_MINUTE, password: values.LOGIN_RATE_PER_MINUTE },
    logger,
    durations,
    positions,
  }
  /** The service's own origin is known once the port is. */
  const ownOrigin = (port: number) => {
    const origin = values.PUBLIC_ORIGIN ?? `http://localhost:${port}`
    origins.add(origin)
    gatebook.setOrigin(origin)
  }
  return { options, guards: context.guards, ownOrigin }
}
