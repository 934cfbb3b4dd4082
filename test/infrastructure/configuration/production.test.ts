import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { openGatebook } from '../../../composition/embed.ts'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { warnings } from '../../../infrastructure/configuration/warnings.ts'

const production = { NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://login.example.org', SMTP_URL: 'smtps://mail.example.org' }
const complete = { ...production, MAIL_FROM: 'no-reply@example.org' }
const refused = (environment: Record<string, string>) => {
  const read = readConfig(environment)
  return isLeft(read) ? read.left.map(({ variable }) => variable) : []
}
const warned = (environment: Record<string, string>) => {
  const read = readConfig(environment)
  return isLeft(read) ? expect.unreachable(JSON.stringify(read.left)) : warnings(read.right)
}

describe('in production', () => {
  test('what is recommended starts without a word', () => {
    expect(refused(complete)).toEqual([])
    expect(warned(complete)).toEqual([])
  })

  test.each([
    ['PASSWORD_MIN_LENGTH', '7', '8'],
    ['LOGIN_MAX_ATTEMPTS', '101', '100'],
    ['MAX_OTP_ATTEMPTS', '101', '100'],
    ['LOGIN_LOCKOUT_SECONDS', '29', '30'],
    ['OTP_LOCKOUT_SECONDS', '1', '30'],
    ['LOGIN_LOCKOUT_MAX_SECONDS', '899', '900'],
    ['MASTER_KEY', Buffer.alloc(32, 7).toString('base64'), randomBytes(32).toString('base64')],
    ['TOTP_WINDOW', '3', '2'],
    ['PUBLIC_ORIGIN', 'http://login.example.org', 'http://localhost:1984'],
    ['ALLOWED_ORIGINS', 'https://a.example.org,http://b.example.org', 'https://a.example.org,http://127.0.0.1:5173'],
  ])('%s=%s stops the start and %s does not', (variable, past, allowed) => {
    expect(refused({ ...complete, [variable]: past })).toEqual([variable])
    expect(refused({ ...complete, [variable]: allowed })).toEqual([])
  })

  const owasp = [
    [47_104, 1],
    [19_456, 2],
    [12_288, 3],
    [9_216, 4],
    [7_168, 5],
  ] as const
  test.each(owasp)('argon2 may cost %i KiB and %i passes, and neither less', (kib, passes) => {
    const cost = (memory: number, time: number) => ({ ...complete, ARGON2_MEMORY_KIB: `${memory}`, ARGON2_TIME: `${time}` })
    expect(refused(cost(kib, passes))).toEqual([])
    expect(refused(cost(kib - 1, passes))).toEqual(['ARGON2_MEMORY_KIB'])
    if (passes > 1) expect(refused(cost(kib, passes - 1))).toEqual(['ARGON2_MEMORY_KIB'])
  })

  test.each([
    ['SMTP_URL', { SMTP_URL: '' }],
    ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: '' }],
    ['SMTP_URL', { SMTP_URL: 'smtp://mail.example.org?requireTLS=false' }],
    ['LOGIN_RATE_PER_MINUTE', { LOGIN_RATE_PER_MINUTE: '0' }],
    ['RATE_PER_MINUTE', { RATE_PER_MINUTE: '0' }],
    ['LOGIN_NAMES_PER_HOUR', { LOGIN_NAMES_PER_HOUR: '0' }],
    ['ELEVATION_SECONDS', { ELEVATION_SECONDS: '86400' }],
  ])('one line warns of %s', (variable, environment) => {
    expect(warned({ ...complete, ...environment })).toEqual([expect.stringMatching(new RegExp(`^${variable} `))])
  })
})

describe('development codes', () => {
  const off = { TOTP_ENABLED: 'false' }
  test.each([{ HOST: '0.0.0.0' }, { HOST: '::' }, { HOST: '192.0.2.1', NODE_ENV: 'test' }, { HOST: '0.0.0.0', NODE_ENV: 'dev' }])(
    'are refused with %j',
    (environment) => expect(refused({ ...off, ...environment })).toEqual(['TOTP_ENABLED']),
  )
  test.each([{}, { HOST: '::1' }, { HOST: '0.0.0.0', NODE_ENV: 'development' }])('are taken with %j, and are warned of', (environment) =>
    expect(warned({ ...off, ...environment })).toEqual([expect.stringContaining('000000')]),
  )
  test('need NODE_ENV=development in an embedded app, whose address is not known', async () => {
    const embedded = { ...off, EVENT_STORE: 'memory', ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', LOG_LEVEL: 'silent' }
    await expect(openGatebook({ environment: embedded })).rejects.toThrow('TOTP_ENABLED')
    await (await openGatebook({ environment: embedded, nodeEnv: 'development' })).close()
  })
})

test.each(['prod', 'Production', 'staging'])('NODE_ENV=%s is named at start', (NODE_ENV) =>
  expect(warned({ NODE_ENV })).toEqual([expect.stringContaining('NODE_ENV')]),
)

test('a server that listens to the network without a word of NODE_ENV is told what production would refuse', () => {
  const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', PASSWORD_MIN_LENGTH: '4' }
  expect(warned(cheap)).toEqual([])
  expect(warned({ ...cheap, HOST: '0.0.0.0', NODE_ENV: 'development' })).toEqual([])
  expect(warned({ ...cheap, HOST: '0.0.0.0' })).toEqual([
    expect.stringContaining('ARGON2_MEMORY_KIB'),
    expect.stringContaining('PASSWORD_MIN_LENGTH'),
  ])
})

describe('trusted proxies', () => {
  test.each(['0.0.0.0/0', '::/0', '0.0.0.0/1,128.0.0.0/1', '2000::/3', '0:0:0:0:0:ffff:0:0/0', '10.0.0.0/8,0.0.0.0/4'])(
    'are not everybody: %s',
    (TRUSTED_PROXIES) => expect(refused({ TRUSTED_PROXIES })).toEqual(['TRUSTED_PROXIES']),
  )
  test.each(['10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,127.0.0.0/8,100.64.0.0/10', 'fc00::/7,fe80::/10,::1', '192.0.2.1'])(
    'may be all of a private network: %s',
    (TRUSTED_PROXIES) => expect(refused({ TRUSTED_PROXIES })).toEqual([]),
  )
  test('are not everybody, however the networks are cut', () => {
    const halves = ([base, bits]: readonly [number, number]): readonly (readonly [number, number])[] => [
      [base, bits + 1],
      [(base + 2 ** (31 - bits)) >>> 0, bits + 1],
    ]
    const text = ([base, bits]: readonly [number, number]) => `${[24, 16, 8, 0].map((shift) => (base >>> shift) & 255).join('.')}/${bits}`
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        let networks: readonly (readonly [number, number])[] = [[0, 0]]
        for (const cut of cuts) {
          const at = cut % networks.length
          networks = networks.flatMap((network, index) => (index === at && network[1] < 30 ? halves(network) : [network]))
        }
        expect(refused({ TRUSTED_PROXIES: networks.map(text).join(',') })).toEqual(['TRUSTED_PROXIES'])
      }),
    )
  })
})
