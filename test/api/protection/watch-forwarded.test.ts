import { expect, test } from 'vitest'
import { watchForwarded } from '../../../api/protection/watch-forwarded.ts'
import { type Network, parseNetwork } from '../../../application/network.ts'

const watched = (...trusted: string[]) => {
  const said: string[] = []
  const callerOf = watchForwarded(
    trusted.map((text) => parseNetwork(text) as Network),
    (text) => said.push(text),
  )
  const ask = (peer: string, forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    return callerOf({ socket: { remoteAddress: peer }, headers } as unknown as Parameters<typeof callerOf>[0])
  }
  return { ask, said }
}

test('a proxy that is not named is told once, with no address, and its header is ignored', () => {
  const { ask, said } = watched()
  ask('127.0.0.1')
  expect(said).toEqual([])
  expect(ask('127.0.0.1', '203.0.113.9')).toBe('127.0.0.1')
  ask('::ffff:127.0.0.1', '203.0.113.10')
  expect(said).toEqual([expect.stringContaining('TRUSTED_PROXIES')])
  expect(said.join()).not.toMatch(/\d\.\d/)
})

test('a proxy that is named is not told', () => {
  const { ask, said } = watched('10.0.0.0/8')
  expect(ask('::ffff:10.0.0.1', '203.0.113.9')).toBe('203.0.113.9')
  expect(said).toEqual([])
  ask('192.0.2.1', '203.0.113.9')
  expect(said).toHaveLength(1)
})
