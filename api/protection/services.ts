import type { FastifyRequest } from 'fastify'
import type { Network } from '../../application/network.ts'
import { warnOnce } from '../../application/warn-once.ts'
import { callerAddress, callerNetworks } from './address.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The back end that asks on behalf of somebody, by the name of its token. */
    service: string | null
  }
}

const serviceTokenHeader = 'gatebook-service-token'

/** `for_somebody`: the back end has named the address of a person, whose networks `callerNetworks` are then. */
export type Admission = 'unknown' | 'for_nobody' | 'for_somebody'

type Needs = {
  readonly nameOf: (token: string) => string | undefined
  readonly trusted: readonly Network[]
  readonly warn: (text: string) => void
}

const wrongToken = `${serviceTokenHeader} was sent with a token that is not in SERVICE_TOKENS, and was ignored`

const fromBrowser = `${serviceTokenHeader} was ignored in a request that a browser has sent: only the back end itself may send it, without the headers of the browser`

/** No back end sends these of its own accord. */
const isFromBrowser = ({ headers }: FastifyRequest) => headers.origin !== undefined || headers['sec-fetch-site'] !== undefined

const peerOf = callerAddress([])

/**
 * Whether a back end of one's own asks. Its token vouches for itself, and for the network of whom it asks for, which only limits read:
 * `callerAddress`, which is recorded, stays. `isForwarded`: the headers are those of a request that a proxy holds.
 */
export function admitServices({ nameOf, trusted, warn }: Needs) {
  const vouchedAddress = callerAddress(trusted, true)
  const say = warnOnce(warn)
  const ignored = (why: string): Admission => {
    say(why)
    return 'unknown'
  }
  /** A trusted proxy that asks about a request names the client; beyond it, anything may be made up. */
  const personOf = (request: FastifyRequest, isForwarded: boolean) => {
    const isProxied = request.callerAddress !== peerOf(request)
    if (isForwarded && isProxied) return request.callerAddress
    const named = vouchedAddress(request)
    return named === request.callerAddress ? undefined : named
  }
  return (request: FastifyRequest, isForwarded: boolean): Admission => {
    const token = request.headers[serviceTokenHeader]
    if (token === undefined) return 'unknown'
    const name = nameOf(String(token))
    if (name === undefined) return ignored(wrongToken)
    if (!isForwarded && isFromBrowser(request)) return ignored(fromBrowser)
    request.service = name
    const person = personOf(request, isForwarded)
    if (person === undefined) return 'for_nobody'
    request.callerNetworks = callerNetworks(person)
    return 'for_somebody'
  }
}
