import type { RegistrationFields } from '../api/accounts/profile.ts'
import type { Captcha } from '../api/captcha.ts'
import type { Context } from '../api/context.ts'
import { isAuthenticated, sessionOf } from '../api/guards/guarded-session.ts'
import { guards } from '../api/guards/guards.ts'
import { deviceCookie } from '../api/http/cookies/device-cookie.ts'
import { correlationId } from '../api/http/correlation.ts'
import type { MountOptions } from '../api/http/mount.ts'
import { liveHub } from '../api/live/live-hub.ts'
import { standingOf } from '../api/live/live-session.ts'
import { liveStreams } from '../api/live/live-streams.ts'
import { callerNetworks } from '../api/protection/address.ts'
import { originCheck } from '../api/protection/origin.ts'
import { responseHeaders } from '../api/protection/security-headers.ts'
import { admitServices } from '../api/protection/services.ts'
import { watchForwarded } from '../api/protection/watch-forwarded.ts'
import { answerUseCase } from '../api/refusals.ts'
import { routes } from '../api/routes.ts'
import { socketCredentials } from '../api/sockets/credentials.ts'
import { socketFormat } from '../api/sockets/socket-format.ts'
import { sockets } from '../api/sockets/sockets.ts'
import { backtestsInSlices } from '../application/backtest/backtest-in-slices.ts'
import { widestNetwork } from '../application/caller.ts'
import { inNetworks } from '../application/network.ts'
import { acceptedLanguage } from '../application/preferences/accepted-language.ts'
import { backtestPolicyOn } from '../infrastructure/configuration/backtest-policy.ts'
import { policiesOf } from '../infrastructure/configuration/policies.ts'
import type { Values } from '../infrastructure/configuration/variables.ts'
import { serveProofs } from '../infrastructure/proofs/serve-proofs.ts'
import { sealedNumbers } from '../infrastructure/sealing/cipher/sealed-numbers.ts'
import { secretMatcher } from '../infrastructure/tokens/secret-matcher.ts'
import { serviceTokens } from '../infrastructure/tokens/service-tokens.ts'
import type { Gatebook } from './gatebook.ts'
import { serviceInformation } from './service/information.ts'

type Options = Pick<MountOptions, 'logger' | 'observeRoute' | 'isOwnOrigin'> & {
  readonly captcha?: Captcha
  readonly registrationFields?: RegistrationFields | undefined
  /** By the code of the close frame. */
  readonly observeSocketClosed?: ((code: string) => void) | undefined
  readonly demonstration: boolean
}

export function wireApi(
  gatebook: Gatebook,
  values: Values,
  { logger, observeRoute, isOwnOrigin, captcha, registrationFields, observeSocketClosed, demonstration }: Options,
) {
  const { ports, queries, find, seen, isFresh, accessTokens } = gatebook
  const numbers = sealedNumbers(ports.crypto.derive)
  const addressOf = watchForwarded(values.TRUSTED_PROXIES, (text) => logger.warn(text))
  const { now } = ports.journal
  const guardNeeds = {
    find,
    seen,
    isFresh,
    now,
    hashToken: ports.crypto.tokens.hash,
    countRefusal: gatebook.countRefusedRequest,
    needsSecondFactor: ports.policy.requiresSecondFactor,
  }
  const hub = liveHub({
    observeCommits: gatebook.observeCommits,
    position: gatebook.readModelPosition,
    newer: queries.auditQueries.newer,
    isFresh,
    now,
    onFault: (error) => logger.error({ error }, 'live connections ended'),
  })
  const live = liveStreams({ hub, standing: standingOf({ byId: queries.sessionQueries.byId, now }) })
  const information = serviceInformation(gatebook, values, captcha !== undefined)
  const openSockets = sockets({
    hub,
    authenticate: socketCredentials({
      ...{ find, isFresh, now, hashToken: ports.crypto.tokens.hash, verify: accessTokens.verify },
      ...{ ...queries.sessionQueries, accountById: queries.accountQueries.byId },
    }),
    format: socketFormat(numbers),
    serviceName: information.settings.service.name,
    now,
    logger,
    observeClosed: observeSocketClosed ?? (() => {}),
    onFault: (error) => logger.error({ error }, 'a socket failed'),
  })
  const backtests = backtestsInSlices({ log: gatebook.log, newest: gatebook.readModelPosition, vault: ports.crypto.vault })
  const origins = new Set(values.ALLOWED_ORIGINS)
  const context: Context = {
    ...ports,
    answer: answerUseCase(now),
    ...queries,
    ...queries.lookBackUnder(policiesOf(values)),
    guards: guards(guardNeeds),
    checkOrigin: originCheck(origins, isOwnOrigin),
    passiveGuards: guards({ ...guardNeeds, seen: () => {} }),
    live,
    sockets: openSockets,
    callerOf: (request) => ({
      address: request.callerAddress,
      networks: request.callerNetworks,
      userAgent: request.headers['user-agent'] ?? null,
      device: deviceCookie(request.headers.cookie),
      language: acceptedLanguage(request.headers['accept-language']),
      correlationId: correlationId(request),
      ...(isAuthenticated(request) ? { sessionId: sessionOf(request).sessionId } : {}),
    }),
    accessTokens,
    proofs: serveProofs(gatebook.proofs),
    backtests,
    readBacktestPolicy: backtestPolicyOn(values),
    isProofsToken: values.PROOFS_TOKEN === undefined ? undefined : secretMatcher(values.PROOFS_TOKEN),
    numbers,
    captcha: captcha ?? (async () => true),
    registration: values.REGISTRATION,
    registrationFields,
    ...information,
    inBackground: gatebook.inBackground,
  }
  const options: MountOptions = {
    routes: routes(context, { demonstration }),
    isOwnOrigin,
    origins,
    allowedOrigins: values.ALLOWED_ORIGINS,
    callerAddress: addressOf,
    admitService: admitServices({
      nameOf: serviceTokens(gatebook.services),
      trusted: values.TRUSTED_PROXIES,
      warn: (text) => logger.warn(text),
    }),
    isBlocked: inNetworks(values.BLOCKED_ADDRESSES),
    limits: { general: values.RATE_PER_MINUTE, password: values.LOGIN_RATE_PER_MINUTE, blob: values.BLOB_RATE_PER_MINUTE },
    logger,
    observeRoute,
    positions: gatebook.positions && {
      ...gatebook.positions,
      seal: (position) => numbers.seal('position', position),
      open: (text) => numbers.open('position', text),
      // A guard of a host app runs where nobody has looked for the address yet.
      networkOf: (request) => widestNetwork({ networks: request.callerNetworks ?? callerNetworks(addressOf(request)) }),
    },
    headers: responseHeaders(values.PUBLIC_ORIGIN),
    onClosing: () => {
      backtests.close()
      hub.close()
      openSockets.close()
    },
  }
  const ownOrigin = (port: number) => {
    const origin = values.PUBLIC_ORIGIN ?? `http://localhost:${port}`
    origins.add(origin)
    gatebook.setOrigin(origin)
    return origin
  }
  return {
    options,
    context,
    sessionGuard: guardNeeds,
    guards: context.guards,
    settings: context.settings,
    ownOrigin,
    open: { liveStreams: live.count, sockets: openSockets.count },
  }
}
