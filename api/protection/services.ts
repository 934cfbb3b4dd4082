import type { FastifyRequest } from 'fastify'
import type { Network } from '../../application/network.ts'
import { callerAddress, callerNetworks } from './address.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The back end that asks on behalf of somebody, by the name of its token. */
    service: string | null
  }
}

const serviceTokenHeader = 'gatebook-service-token'

type Needs = {
  readonly nameOf: (token: string) => string | undefined
  readonly trusted: readonly Network[]
  readonly warn: (text: string) => void
}

/** Whether a back end of one's own asks. Then the caller is whom it names in `X-Forwarded-For`, not the back end. */
export function admitServices({ nameOf, trusted, warn }: Needs) {
  const vouchedAddress = callerAddress(trusted, true)
  let isWatching = true
  return (request: FastifyRequest): boolean => {
    const token = request.headers[serviceTokenHeader]
    if (token === undefined) return false
    const name = nameOf(String(token))
    if (name === undefined) {
      if (isWatching) warn(`${serviceTokenHeader} was sent with a token that is not in SERVICE_TOKENS, and was ignored`)
      isWatching = false
      return false
    }
    request.service = name
    request.callerAddress = vouchedAddress(request)
    request.callerNetworks = callerNetworks(request.callerAddress)
    return true
  }
}
