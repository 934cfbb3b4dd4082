import { isIPv4 } from 'node:net'

export function isLoopback(host: string) {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
}
