import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { namesPerHour } from '../../../infrastructure/configuration/policies.ts'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'

const read = (environment: Record<string, string>) => {
  const config = readConfig(environment)
  return isLeft(config) ? expect.unreachable(JSON.stringify(config.left)) : namesPerHour(config.right)
}

test('the names of an hour are 60, none if the limit by address is off, and what is given in any case', () => {
  expect(read({})).toBe(60)
  expect(read({ LOGIN_RATE_PER_MINUTE: '0' })).toBe(0)
  expect(read({ LOGIN_RATE_PER_MINUTE: '0', LOGIN_NAMES_PER_HOUR: '7' })).toBe(7)
  expect(read({ LOGIN_NAMES_PER_HOUR: '0' })).toBe(0)
})
