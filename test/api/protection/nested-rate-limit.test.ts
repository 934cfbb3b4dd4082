import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callerNetworks } from '../../../api/protection/address.ts'
import { nestedRateLimit } from '../../../api/protection/nested-rate-limit.ts'

const hex = (n: number) => n.toString(16)

const subnet = fc.record({
  site: fc.integer({ min: 0, max: 2 }),
  block: fc.integer({ min: 0, max: 3 }),
  lan: fc.integer({ min: 0, max: 3 }),
})

test('no network of any size gets more than its budget, however its calls are spread over its parts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(subnet, { maxLength: 400 }), (budget, calls) => {
      const limit = nestedRateLimit({ budget, now: () => 0 })
      const passed = new Map<string, number>()
      for (const { site, block, lan } of calls) {
        const networks = callerNetworks(`2001:db8:${hex(site)}:${hex(block * 256 + lan)}::1`)
        const isAllowed = networks.every((network, level) => (passed.get(`${level} ${network}`) ?? 0) < budget * 4 ** level)
        expect(limit(networks) === undefined).toBe(isAllowed)
        if (!isAllowed) continue
        for (const [level, network] of networks.entries()) {
          passed.set(`${level} ${network}`, (passed.get(`${level} ${network}`) ?? 0) + 1)
        }
      }
    }),
  )
})

test('what is given back is free again in each of the networks', () => {
  const limit = nestedRateLimit({ budget: 1, now: () => 0 })
  const networks = callerNetworks('2001:db8::1')
  for (let n = 0; n < 100; n += 1) {
    expect(limit(networks)).toBeUndefined()
    limit.giveBack(networks)
  }
  expect(limit(networks)).toBeUndefined()
  expect(limit(networks)).toBeGreaterThan(0)
})
