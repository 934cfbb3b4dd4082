import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callerAddress, callerNetwork, callerNetworks } from '../../../api/protection/address.ts'
import { inNetworks, type Network, parseNetwork } from '../../../application/network.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'

const networks = (...texts: string[]) => texts.map((text) => parseNetwork(text) as Network)
const caller = (peer: string | undefined, forwarded: string | undefined, ...trusted: string[]) =>
  callerAddress(networks(...trusted))({
    socket: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  })

describe('the address of the caller', () => {
  test.each([
    ['is the peer', '192.0.2.1', undefined, [], '192.0.2.1'],
    ['is the peer, whatever a stranger writes', '192.0.2.1', '203.0.113.9', ['10.0.0.0/8'], '192.0.2.1'],
    ['is what the trusted proxy wrote', '10.0.0.1', '203.0.113.9', ['10.0.0.0/8'], '203.0.113.9'],
    ['is the right-most that is no proxy', '10.0.0.1', '198.51.100.7, 203.0.113.9, 10.0.0.2', ['10.0.0.0/8'], '203.0.113.9'],
    ['is the left-most when all are proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', ['10.0.0.0/8'], '10.0.0.3'],
    ['is the proxy when the entry is no address', '10.0.0.1', '203.0.113.9, unknown', ['10.0.0.0/8'], '10.0.0.1'],
    ['has no port', '10.0.0.1', '203.0.113.9:4711', ['10.0.0.1'], '203.0.113.9'],
    ['has no brackets', '10.0.0.1', '[2001:DB8::1]:4711', ['10.0.0.1'], '2001:db8::1'],
    ['is IPv4 when it came as IPv6', '::ffff:192.0.2.1', undefined, [], '192.0.2.1'],
    ['is a proxy also when it came as IPv6', '::ffff:10.0.0.1', '203.0.113.9', ['10.0.0.1'], '203.0.113.9'],
    ['is nobody when the socket is gone', undefined, undefined, [], '0.0.0.0'],
  ])('%s', (_what, peer, forwarded, trusted, expected) => expect(caller(peer, forwarded, ...trusted)).toBe(expected))

  test('never throws, and is an address, whatever stands in the header', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: anyCharacter }),
          fc.array(fc.constantFrom(',', '[', ']', ':', '.', '1', '%', ' ')).map((all) => all.join('')),
        ),
        (header) => {
          expect(caller('10.0.0.1', header, '0.0.0.0/0', '::/0')).toMatch(/^[0-9a-f.:]+$/)
        },
      ),
    )
  })
})

test('an entry is stripped of blanks and tabs, and of no other octet', () => {
  for (let code = 0; code < 256; code += 1) {
    const octet = String.fromCharCode(code)
    if (/[0-9,]/.test(octet)) continue
    const expected = octet === ' ' || octet === '\t' ? '203.0.113.9' : '10.0.0.1'
    expect([code, caller('10.0.0.1', `${octet}203.0.113.9`, '10.0.0.1')]).toEqual([code, expected])
  }
})

test('IPv6 is limited by the /64, IPv4 by the address', () => {
  expect(callerNetwork('2001:db8:1:2::1')).toBe(callerNetwork('2001:db8:1:2:ffff::9'))
  expect(callerNetwork('2001:db8:1:2::1')).not.toBe(callerNetwork('2001:db8:1:3::1'))
  expect(callerNetwork('192.0.2.1')).not.toBe(callerNetwork('192.0.2.2'))
})

test('an IPv6 address is in a /64, a /56 and a /48, an IPv4 address only in itself', () => {
  const shared = (one: string, other: string) => {
    const networks = callerNetworks(other)
    return callerNetworks(one).map((network, level) => network === networks[level])
  }
  expect(shared('2001:db8:1:2::1', '2001:db8:1:2::2')).toEqual([true, true, true])
  expect(shared('2001:db8:1:2::1', '2001:db8:1:ff::1')).toEqual([false, true, true])
  expect(shared('2001:db8:1:2::1', '2001:db8:1:102::1')).toEqual([false, false, true])
  expect(shared('2001:db8:1:2::1', '2001:db8:2:2::1')).toEqual([false, false, false])
  expect(callerNetworks('192.0.2.1')).toEqual(['192.0.2.1'])
})

test.each([
  '',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.0.0.0/08',
  '010.0.0.1',
  '1',
  'localhost',
  '::/129',
  '::ffff:10.0.0.0/104',
  'fe80::1%eth0',
])('%j is no network', (text) => expect(parseNetwork(text)).toBeUndefined())

test('a network holds its own family only', () => {
  expect(inNetworks(networks('0.0.0.0/0'))('::1')).toBe(false)
  expect(inNetworks(networks('2001:db8::/32'))('2001:db8:ffff::1')).toBe(true)
  expect(inNetworks(networks('10.0.0.0/8'))('nonsense')).toBe(false)
})
