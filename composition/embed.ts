import { isLeft } from 'fp-ts/lib/Either.js'
import { hostPlugin } from '../api/guards/host-plugin.ts'
import { viewSession } from '../api/guards/host-session.ts'
import { renderRefusal } from '../api/guards/render-refusal.ts'
import { handlers } from '../api/handlers/handlers.ts'
import { mount } from '../api/http/mount.ts'
import { sessionEnds } from '../api/live/session-ends.ts'
import { openApiDocument } from '../api/openapi/document.ts'
import { sessionWorth } from '../application/sessions/session-worth.ts'
import { logWarnings } from '../infrastructure/configuration/log-warnings.ts'
import { misspelled } from '../infrastructure/configuration/misspelled.ts'
import { embeddedValues } from '../infrastructure/configuration/options/embedded-values.ts'
import type { Hooks } from '../infrastructure/observability/hooks.ts'
import { openLogger } from '../infrastructure/observability/host-logger.ts'
import { hostMetrics } from '../infrastructure/observability/host-metrics.ts'
import { logHooks } from '../infrastructure/observability/log-hooks.ts'
import { openOperatorSocket } from '../infrastructure/operator-socket/open-socket.ts'
import { changeAccounts } from '../library/change-accounts.ts'
import { createAccounts } from '../library/create-accounts.ts'
import { currentSession } from '../library/current-session.ts'
import { hostGuards } from '../library/embedding/host-guards.ts'
import { ownOrigin } from '../library/embedding/own-origin.ts'
import { readinessOf } from '../library/embedding/readiness.ts'
import { GatebookError } from '../library/gatebook-error.ts'
import { requiredSession } from '../library/guard/required-session.ts'
import { hostSessions } from '../library/host-sessions.ts'
import { accountImport } from '../library/importing/import-accounts.ts'
import { answerOperator } from '../library/operator/answer-operator.ts'
import { readAccounts } from '../library/read-accounts.ts'
import { openFollowingOf } from './following/open-following.ts'
import type { Gatebook } from './gatebook.ts'
import { type GatebookOptions, hostOptionNames, splitOptions, wrongHostOptions } from './host-options.ts'
import { openCore } from './open-core.ts'
import { startFailureText } from './start-failure.ts'
import { wireApi } from './wire-api.ts'

const closingOnFault = async <Done>({ close }: Pick<Gatebook, 'close'>, begin: () => Done): Promise<Done> => {
  try {
    return begin()
  } catch (error) {
    await close()
    throw error
  }
}

/** @internal `outside` is for tests: what a host app must not be able to replace. */
export async function openEmbedded(options: GatebookOptions, outside: Hooks) {
  const { host, named, ownProvider } = splitOptions(options)
  const wrong = wrongHostOptions(options)
  if (wrong.length > 0) throw new TypeError(wrong.join('; '))
  const { environment = {}, captcha, prefix = '', demonstration = false, onRefusal, registrationFields, mailTexts = {} } = host
  // An app in production must not miss the rules of production because it said so where every Node program does.
  const values = embeddedValues(named, hostOptionNames, { NODE_ENV: process.env.NODE_ENV, ...environment })
  const { logger, onLogger } = openLogger(host.logger, values.LOG_LEVEL)
  for (const warning of misspelled(environment)) logger.warn(warning)
  logWarnings(logger, values)
  const metrics = hostMetrics(host.metrics ?? false)
  const hooks = {
    ...logHooks(logger),
    mailTexts,
    ...(ownProvider === undefined ? {} : { otpProvider: ownProvider }),
    ...(host.verifyLegacyPassword === undefined ? {} : { verifyLegacyPassword: host.verifyLegacyPassword }),
    ...outside,
  }
  const opened = await openCore(values, metrics.counted(hooks))
  if (isLeft(opened)) throw new Error(`Gatebook did not open. ${startFailureText(opened.left)}`)
  const gatebook = opened.right
  const { setOrigin } = gatebook
  const { isOwnOrigin, baseUrl, ...origin } = ownOrigin({ setOrigin, publicOrigin: values.PUBLIC_ORIGIN, prefix, logger })
  const { observeRoute, observeSocketClosed } = metrics
  const wired = wireApi(gatebook, values, {
    ...{ logger, observeRoute, observeSocketClosed, isOwnOrigin, demonstration, registrationFields },
    ...(captcha === undefined ? {} : { captcha }),
  })
  const { options: mountOptions, guards, context, sessionGuard } = wired
  const withdrawMetrics = await closingOnFault(gatebook, () => metrics.begin(gatebook, wired.open))
  const { follow, on, close: stopFollowing } = openFollowingOf(gatebook, logger)
  const { now } = gatebook.ports.journal
  const ends = sessionEnds({
    ...gatebook,
    byId: gatebook.queries.sessionQueries.byId,
    now,
    onFault: (error) => logger.error({ error }, 'a listener to the end of a session failed'),
  })
  const {
    toNodeHandler,
    toUpgradeHandler,
    toFetchHandler,
    close: closeHandlers,
  } = handlers({ ...mountOptions, allowedOrigins: [] }, prefix)
  const needs = { ...context, sessionGuard, positions: mountOptions.positions }
  const dataDir = values.EVENT_STORE === 'memory' ? null : values.DATA_DIR
  const operators = await openOperatorSocket({ dataDir, answer: answerOperator(needs), logger })
  const close = async () => {
    await operators.close()
    closeHandlers()
    mountOptions.onClosing?.()
    ends.close()
    withdrawMetrics()
    await stopFollowing()
    await gatebook.close()
  }
  const changes = changeAccounts(needs)
  const { attested } = sessionWorth(context.policy.requiresSecondFactor)
  const embedded = {
    /** `Headers`, or a request that has them. Takes no budget and counts as use of the session; the origin is not looked at. */
    session: currentSession(needs),
    /** For routes of any framework: the session, if it has what is required, and a GatebookError otherwise. Refuses forged requests too. */
    require: requiredSession(needs),
    accounts: { ...createAccounts(needs), ...readAccounts(needs), ...changes.accounts, import: accountImport(needs) },
    roles: changes.roles,
    claims: changes.claims,
    sessions: { ...hostSessions(needs), onEnd: ends.onEnd, ended: ends.ended },
    /** `app.register(gatebook.plugin)` adds every call under `/api/1`. Closing the app closes the log. */
    plugin: hostPlugin({
      ...origin,
      mount: (app) => mount(app, { ...mountOptions, allowedOrigins: [] }),
      close,
      logger,
      onLogger,
      prefix,
      needsCors: values.ALLOWED_ORIGINS.length > 0,
    }),
    /** Every call under `/api/1` for `node:http`, Express and Connect. What is not Gatebook's goes to `next`, or is answered with 404. */
    toNodeHandler,
    /** The WebSocket beside it: `server.on('upgrade', gatebook.toUpgradeHandler())`. */
    toUpgradeHandler,
    /** Every call under `/api/1` for what takes a `Request` and answers a `Response`: Hono, Next, Bun, Deno. */
    toFetchHandler,
    guard: hostGuards(guards, {
      before: [context.checkOrigin],
      positions: mountOptions.positions,
      view: (session) => viewSession(attested, session, now()),
      ...(onRefusal === undefined
        ? {}
        : { refuse: renderRefusal({ onRefusal, refusalOf: (refused) => new GatebookError(refused), logger }) }),
    }),
    /** What `/health/ready` of the server answers. Never rejects. */
    health: readinessOf(gatebook.unready),
    /** In the text format of Prometheus. Rejects without the option `metrics`. */
    metrics: metrics.render,
    /** The API as an OpenAPI 3.1 document, at the place where the plugin is registered. */
    openApi: () => openApiDocument(mountOptions.routes, baseUrl()),
    /** Creates the first administrator, once, with `POST /api/1/setup`. */
    setupToken: gatebook.setupToken.token,
    follow,
    on,
    close,
  }
  return { embedded, core: gatebook, origin: values.PUBLIC_ORIGIN ?? 'http://localhost' }
}

/**
 * Opens Gatebook inside your own app. The options are the variables of docs/configuration.md in camelCase, and those of
 * docs/embedding.md. Rejects with a TypeError that names each option that is wrong, or with an Error that says why the log does not
 * open; then nothing stays open.
 */
export async function openGatebook(options: GatebookOptions = {}) {
  return (await openEmbedded(options, {})).embedded
}

export type EmbeddedGatebook = Awaited<ReturnType<typeof openGatebook>>
