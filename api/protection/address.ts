import type { FastifyRequest } from 'fastify'
import { inNetworks, type Network, parseAddress } from './network.ts'

const unknown = '0.0.0.0'

/** Some proxies add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (entry: string) => {
  if (entry.startsWith('[')) return entry.slice(1, entry.indexOf(']'))
  return entry.indexOf(':') === entry.lastIndexOf(':') ? (entry.split(':')[0] ?? '') : entry
}

/** The kernel writes addresses in one way only, so the peer's needs no parsing: this is on the path of every call. */
const peerAddress = (text: string | undefined) => {
  if (text === undefined) return unknown
  if (text.startsWith('::ffff:')) return text.slice(7)
  return text.includes('%') ? text.slice(0, text.indexOf('%')) : text
}

const normalised = (text: string) => parseAddress(text)?.toString()

/**
 * Where the call comes from: the peer, or, when the peer is a trusted proxy, the right-most entry of `X-Forwarded-For` that is none. What
 * stands left of it, or left of an entry that is no address, was written by anybody and is not looked at.
 */
export function callerAddress(trusted: readonly Network[]) {
  const isTrusted = inNetworks(trusted)
  return ({
    socket,
    headers,
  }: Pick<FastifyRequest, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } }): string => {
    let caller = peerAddress(socket.remoteAddress)
    const forwarded = headers['x-forwarded-for']
    if (trusted.length === 0 || forwarded === undefined) return caller
    const entries = String(forwarded).split(',').reverse()
    for (const entry of entries) {
      if (!isTrusted(caller)) return caller
      const next = normalised(withoutPort(entry.trim()))
      if (next === undefined) return caller
      caller = next
    }
    return caller
  }
}

/** What a limit counts by, and the audit trail finds: an IPv4 address, or the /64 that one subscriber has of IPv6. */
export function limitedAs(address: string): string {
  const parsed = address.includes(':') ? parseAddress(address) : undefined
  return parsed !== undefined && 'parts' in parsed ? parsed.parts.slice(0, 4).join(':') : address
}
