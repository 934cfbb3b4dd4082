import type { FastifyRequest } from 'fastify'
import type { Networks } from '../../application/caller.ts'
import { inNetworks, type Network, parseAddress } from '../../application/network.ts'
import { stripOptionalWhitespace } from '../http/optional-whitespace.ts'

const unknown = '0.0.0.0'

/** Some proxies add one: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (entry: string) => {
  if (entry.startsWith('[')) return entry.slice(1, entry.indexOf(']'))
  return entry.indexOf(':') === entry.lastIndexOf(':') ? (entry.split(':')[0] ?? '') : entry
}

/** Not parsed, because it runs for every request and the kernel writes an address in one way only. */
const peerAddress = (text: string | undefined) => {
  if (text === undefined) return unknown
  if (text.startsWith('::ffff:')) return text.slice(7)
  return text.includes('%') ? text.slice(0, text.indexOf('%')) : text
}

const normalized = (text: string) => parseAddress(text)?.toString()

/** Behind trusted proxies, what stands left of the first untrusted entry of `X-Forwarded-For` can be forged, unless that one is `vouched` for. */
export function callerAddress(trusted: readonly Network[], vouched = false) {
  const isTrusted = inNetworks(trusted)
  const believesNobody = trusted.length === 0 && !vouched
  return ({
    socket,
    headers,
  }: Pick<FastifyRequest, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } }): string => {
    let caller = peerAddress(socket.remoteAddress)
    const forwarded = headers['x-forwarded-for']
    if (believesNobody || forwarded === undefined) return caller
    let vouchedHops = vouched ? 1 : 0
    const entries = String(forwarded).split(',').reverse()
    for (const entry of entries) {
      if (!isTrusted(caller) && vouchedHops-- === 0) return caller
      const next = normalized(withoutPort(stripOptionalWhitespace(entry)))
      if (next === undefined) return caller
      caller = next
    }
    return caller
  }
}

/** Narrowest first: the IPv4 address, or the /64, /56 and /48 of an IPv6 address. A provider gives one subscriber any of the three. */
export function callerNetworks(address: string): Networks {
  const parsed = address.includes(':') ? parseAddress(address) : undefined
  if (parsed === undefined || !('parts' in parsed)) return [address]
  const [a = 0, b = 0, c = 0, d = 0] = parsed.parts
  return [`${a}:${b}:${c}:${d}`, `${a}:${b}:${c}:${d >> 8}`, `${a}:${b}:${c}`]
}

/** The IPv4 address, or the /64 of an IPv6 address. */
export function callerNetwork(address: string): string {
  return callerNetworks(address)[0]
}
