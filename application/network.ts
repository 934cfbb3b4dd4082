import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** One spelling for each address: IPv4 in IPv6 becomes IPv4, IPv6 is compressed, a zone is dropped. */
export function parseAddress(text: string): Address | undefined {
  const [bare = ''] = text.split('%')
  return isIP(bare) === 0 ? undefined : ipaddr.process(bare)
}

export type Network = { readonly base: Address; readonly bits: number }

export function parseNetwork(text: string): Network | undefined {
  const [address = '', prefix, ...rest] = text.split('/')
  const base = parseAddress(address)
  if (base === undefined || rest.length > 0 || address.includes('%')) return undefined
  const width = base.kind() === 'ipv4' ? 32 : 128
  if (prefix === undefined) return { base, bits: width }
  const bits = /^(0|[1-9][0-9]{0,2})$/.test(prefix) ? Number(prefix) : Number.NaN
  return bits <= width && !address.toLowerCase().startsWith('::ffff:') ? { base, bits } : undefined
}

export const inNetworks = (networks: readonly Network[]) => (text: string) => {
  if (networks.length === 0) return false
  const address = parseAddress(text)
  return address !== undefined && networks.some(({ base, bits }) => base.kind() === address.kind() && address.match(base, bits))
}
