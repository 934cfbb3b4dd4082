import type { FastifyRequest } from 'fastify'
import type { Check, Route } from '../http/route.ts'
import { cookieOriginCheck, originCheck } from './origin.ts'

type Limit = (network: string) => number | undefined

type Needs = {
  readonly origins: ReadonlySet<string>
  readonly general: Limit
  readonly password: Limit
  readonly isBlocked: (address: string) => boolean
}

export type RouteChecks = {
  readonly beforeBody: readonly Check[]
  readonly afterBody: typeof cookieOriginCheck | undefined
}

export function isUnderTheApi(url: string) {
  return url.startsWith('/api/1/')
}

/** In the order of the contract: origin, then limits by address. */
export function requestChecks({ origins, general, password, isBlocked }: Needs) {
  const limited =
    (limit: Limit): Check =>
    (request) => {
      const retryAfter = limit(request.callerNetwork)
      return retryAfter === undefined ? undefined : { problem: 'RATE_LIMITED', retryAfter }
    }
  const checkOrigin = originCheck(origins)
  const limitCalls = limited(general)
  const limitPasswords = limited(password)
  const refuseBlocked: Check = (request) => (isBlocked(request.callerAddress) ? { problem: 'ADDRESS_BLOCKED' } : undefined)
  return {
    of: (route: Route): RouteChecks => ({
      beforeBody: [
        ...(isUnderTheApi(route.url) ? [checkOrigin] : []),
        ...(route.limit === 'none' ? [] : [limitCalls]),
        ...(route.limit === 'password' ? [refuseBlocked, limitPasswords] : []),
      ],
      afterBody: route.cookie === 'by_transport' ? cookieOriginCheck : undefined,
    }),
    limitUnknown: (request: FastifyRequest) => (isUnderTheApi(request.url) ? limitCalls(request) : undefined),
  }
}
