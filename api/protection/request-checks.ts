import type { FastifyRequest } from 'fastify'
import type { Check } from '../http/register-route.ts'
import type { Route } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { limitedAs } from './address.ts'
import { originCheck } from './origin.ts'

type Limit = (key: string) => number | undefined

type Dependencies = {
  readonly origins: ReadonlySet<string>
  readonly callerAddress: (request: FastifyRequest) => string
  readonly general: Limit
  readonly password: Limit
  /** Addresses from which no password is looked at. */
  readonly isBlocked: (address: string) => boolean
}

export function isUnderTheApi(url: string) {
  return url.startsWith('/api/1/')
}

/** What stands in front of a route, in the order of the contract: origin, then limits by address. */
export function requestChecks({ origins, callerAddress, general, password, isBlocked }: Dependencies) {
  const limited =
    (limit: Limit): Check =>
    (request): ProblemAnswer | undefined => {
      const retryAfter = limit(limitedAs(callerAddress(request)))
      return retryAfter === undefined ? undefined : { problem: 'RATE_LIMITED', retryAfter }
    }
  const checkOrigin = originCheck(origins)
  const limitCalls = limited(general)
  const limitPasswords = limited(password)
  const refuseBlocked: Check = (request) => (isBlocked(callerAddress(request)) ? { problem: 'ADDRESS_BLOCKED' } : undefined)
  return {
    of: (route: Route): readonly Check[] => [
      ...(isUnderTheApi(route.url) ? [checkOrigin] : []),
      ...(route.limit === 'none' ? [] : [limitCalls]),
      ...(route.limit === 'password' ? [refuseBlocked, limitPasswords] : []),
    ],
    /** Looking for routes that are not there is limited too. */
    limitUnknown: (request: FastifyRequest) => (isUnderTheApi(request.url) ? limitCalls(request) : undefined),
  }
}
