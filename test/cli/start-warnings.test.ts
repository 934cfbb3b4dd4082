import { expect, test } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'

test('a start names what looks wrong, once and without a value', async () => {
  const env = { LOGIN_MAX_ATEMPTS: 's3cret-4711', TRUSTED_PROXY: '10.0.0.1', NODE_ENV: 'prod', TOTP_ENABLED: 'false' }
  await using server = await startGatebook({ env })
  for (let n = 0; n < 3; n++) await fetch(`${server.baseUrl}/health/ready`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  await server.stop()
  const warned = server
    .output()
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level === 40)
    .map(({ msg }) => msg as string)
  expect(warned).toEqual([
    expect.stringContaining('LOGIN_MAX_ATEMPTS'),
    expect.stringContaining('TRUSTED_PROXY '),
    expect.stringMatching(/^NODE_ENV /),
    expect.stringMatching(/^TOTP_ENABLED /),
    expect.stringMatching(/^X-Forwarded-For /),
  ])
  expect(warned.join()).not.toMatch(/4711|10\.0\.0\.1|203\.0/)
})
