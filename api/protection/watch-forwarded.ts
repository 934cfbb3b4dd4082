import type { FastifyRequest } from 'fastify'
import { inNetworks, type Network } from '../../application/network.ts'
import { callerAddress } from './address.ts'

/** Behind a proxy that is not named, all clients share one address and its limits. Warns once. */
export function watchForwarded(trusted: readonly Network[], warn: (text: string) => void) {
  const callerOf = callerAddress(trusted)
  const peerOf = callerAddress([])
  const isTrusted = inNetworks(trusted)
  let isWatching = true
  return (request: FastifyRequest) => {
    if (isWatching && request.headers['x-forwarded-for'] !== undefined && !isTrusted(peerOf(request))) {
      isWatching = false
      warn('X-Forwarded-For came from an address that is not in TRUSTED_PROXIES and was ignored: if that is your proxy, name it there')
    }
    return callerOf(request)
  }
}
