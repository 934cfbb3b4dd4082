import type { FastifyRequest } from 'fastify'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/

/**
 * Where a page is to be opened instead, if both its address and the service's origin are names of this machine: from another one, each
 * call would be refused. Only on the same port, since a proxy may name its own one for ever.
 */
export const ownAddress = (origin: string) => {
  const { protocol, hostname, port } = new URL(origin)
  return ({ host = '', url }: Pick<FastifyRequest, 'host' | 'url'>): string | undefined => {
    const [, name, askedPort = '80'] = loopback.exec(host) ?? []
    const isAnotherName = protocol === 'http:' && loopback.test(hostname) && name !== undefined && name !== hostname
    return isAnotherName && askedPort === (port || '80') && url.startsWith('/') ? origin + url : undefined
  }
}
