import { expect, test } from 'vitest'
import { isLoopback } from '../../../infrastructure/network/is-loopback.ts'

test.each(['localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]'])('%s is a loopback address', (host) =>
  expect(isLoopback(host)).toBe(true),
)

test.each(['127.evil.example', '127.0.0.1.example.org', '0.0.0.0', '::', '10.0.0.1', 'localhost.example.org', ''])(
  '%j is not a loopback address',
  (host) => expect(isLoopback(host)).toBe(false),
)
