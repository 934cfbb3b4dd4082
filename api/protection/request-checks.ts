import type { FastifyRequest } from 'fastify'
import type { Networks } from '../../application/caller.ts'
import type { Check, Route } from '../http/route.ts'
import { forwardedMethods } from '../verification/asked-on-behalf.ts'
import { cookieOriginCheck, type IsOwnOrigin, originCheck } from './origin.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Admission } from './services.ts'

/** Whether a back end with a token of its own asks, for calls that take one. */
export type AdmitService = (request: FastifyRequest, isForwarded: boolean) => Admission

type Limit = (networks: Networks) => number | undefined

type Needs = {
  readonly origins: ReadonlySet<string>
  readonly isOwnOrigin?: IsOwnOrigin | undefined
  readonly general: Limit
  readonly password: RateLimit<Networks>
  /** By account, because a right password costs a hash and three events too. */
  readonly returned: RateLimit
  readonly documents: Limit
  readonly chains: Limit
  readonly blobs: Limit
  readonly refusedOrigins: Limit
  readonly isBlocked: (address: string) => boolean
  readonly verifications: Limit
  /** Of those whom back ends ask for: a budget that no stranger can use up. */
  readonly reported: Limit
  readonly admitService: AdmitService
}

export type RouteChecks = {
  readonly beforeBody: readonly Check[]
  readonly afterBody: typeof cookieOriginCheck | undefined
}

export function isUnderTheApi(url: string) {
  return url.startsWith('/api/1/')
}

/** In the order of the contract: origin, then limits by address. */
export function requestChecks(needs: Needs) {
  const { origins, isOwnOrigin, general, password, returned, documents, refusedOrigins, isBlocked } = needs
  const limited =
    (limit: Limit): Check =>
    (request) => {
      const retryAfter = limit(request.callerNetworks)
      return retryAfter === undefined ? undefined : { problem: 'RATE_LIMITED', retryAfter }
    }
  const limitCalls = limited(general)
  const takePlace = limited(password)
  const limitPasswords: Check = (request) => {
    request.returnPlace = (who) => {
      if (returned(who) === undefined) password.giveBack(request.callerNetworks)
    }
    return takePlace(request)
  }
  const hasAllowedOrigin = originCheck(origins, isOwnOrigin)
  /** A budget of its own: another site must not use up the one of a browser that it sends requests from. */
  const limitRefusals = limited(refusedOrigins)
  const checkOrigin: Check = (request) => {
    const refused = hasAllowedOrigin(request)
    return refused && (limitRefusals(request) ?? refused)
  }
  const refuseBlocked: Check = (request) => (isBlocked(request.callerAddress) ? { problem: 'ADDRESS_BLOCKED' } : undefined)
  const limitReported = limited(needs.reported)
  /** For calls that look at a session and nothing else: the limits on passwords stay. */
  const unlessService =
    (limit: Check, isForwarded: (request: FastifyRequest) => boolean): Check =>
    (request) => {
      const admitted = needs.admitService(request, isForwarded(request))
      if (admitted === 'for_nobody') return undefined
      return admitted === 'for_somebody' ? limitReported(request) : limit(request)
    }
  const limitsOf: Record<Route['limit'], readonly Check[]> = {
    none: [],
    general: [limitCalls],
    password: [limitCalls, refuseBlocked, limitPasswords],
    document: [limited(documents)],
    chain: [limited(needs.chains)],
    blob: [limitCalls, limited(needs.blobs)],
    session: [unlessService(limitCalls, () => false)],
    verification: [unlessService(limited(needs.verifications), ({ headers }) => forwardedMethods(headers).length > 0)],
  }
  return {
    of: (route: Route): RouteChecks => ({
      beforeBody: [...(isUnderTheApi(route.url) ? [checkOrigin] : []), ...limitsOf[route.limit]],
      afterBody: route.cookie === 'by_transport' ? cookieOriginCheck : undefined,
    }),
    limitCalls,
  }
}
