import { randomBytes } from 'node:crypto'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { configurationPage } from '../../composition/config/documentation.ts'
import { effectivePolicy } from '../../composition/config/effective-policy.ts'
import { type Environment, readConfig } from '../../composition/config/read-config.ts'
import { variables } from '../../composition/config/variables.ts'

const mistakes = (environment: Environment) => {
  const read = readConfig(environment)
  return isLeft(read) ? read.left : []
}
const named = (environment: Environment) => mistakes(environment).map(({ variable }) => variable)
const values = (environment: Environment = {}) => {
  const read = readConfig(environment)
  if (isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}
const masterKey = randomBytes(32).toString('base64')

describe('the configuration', () => {
  test('of an empty environment is the defaults', () => {
    const { HOST, PORT, EVENT_STORE, LOGIN_MAX_ATTEMPTS, SESSION_IDLE_SECONDS, MASTER_KEY, ALLOWED_ORIGINS, PUBLIC_ORIGIN } = values()
    expect({ HOST, PORT, EVENT_STORE, LOGIN_MAX_ATTEMPTS, SESSION_IDLE_SECONDS, MASTER_KEY, ALLOWED_ORIGINS, PUBLIC_ORIGIN }).toEqual({
      HOST: '127.0.0.1',
      PORT: 1984,
      EVENT_STORE: 'sqlite',
      LOGIN_MAX_ATTEMPTS: 5,
      SESSION_IDLE_SECONDS: 86_400,
      MASTER_KEY: undefined,
      ALLOWED_ORIGINS: [],
      PUBLIC_ORIGIN: undefined,
    })
  })

  test('ignores what it does not know, and what is empty', () => expect(values({ SOMETHING: 'else', PORT: '' }).PORT).toBe(1984))

  test('tells all mistakes at once', () =>
    expect(named({ PORT: '70000', EVENT_STORE: 'postgres', LOGIN_MAX_ATTEMPTS: '0' })).toEqual([
      'PORT',
      'EVENT_STORE',
      'LOGIN_MAX_ATTEMPTS',
    ]))

  test.each([
    ['PORT', ' 80'],
    ['PORT', '1e3'],
    ['PORT', '0x10'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['PUBLIC_ORIGIN', 'https://example.org/'],
    ['PUBLIC_ORIGIN', 'example.org'],
    ['PUBLIC_ORIGIN', 'ftp://example.org'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://a.example,,https://b.example'],
    ['ALLOWED_ORIGINS', 'null'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'localhost'],
    ['BLOCKED_ADDRESSES', '10.0.0'],
    ['MASTER_KEY', 'c2hvcnQ='],
    ['MASTER_KEY', `${masterKey} `],
    ['SETUP_TOKEN', 'short'],
    ['REGISTRATION', 'Open'],
    ['LOG_LEVEL', 'verbose'],
    ['ARGON2_MEMORY_KIB', '7'],
  ])('refuses %s=%j by name, without the value', (variable, value) => {
    const found = mistakes({ [variable]: value })
    expect(found.map((mistake) => mistake.variable)).toEqual([variable])
    expect(Object.keys(found[0] ?? {})).toEqual(['variable', 'expected'])
  })

  test('never repeats a value', () => {
    const canary = 'canary-4711'
    const wrong = Object.fromEntries(Object.keys(variables).map((name) => [name, `${canary} \n`]))
    expect(JSON.stringify(mistakes(wrong))).not.toContain(canary)
    expect(mistakes(wrong).length).toBe(Object.keys(variables).length)
  })

  test.each([
    ['REGISTRATION', 'verified'],
    ['EVENT_STORE', 'eventstoredb'],
    ['EVENTSTOREDB_URL', 'esdb://localhost:2113'],
    ['SECOND_FACTOR_ROLES', 'admin'],
    ['TOTP_ENABLED', 'false'],
    ['TOTP_SECRETS', 'derived'],
    ['RECOVERY_CODES', 'jump-ahead'],
    ['MAX_OTP_ATTEMPTS', '3'],
  ])('refuses %s=%s, which this version cannot keep', (variable, value) => expect(named({ [variable]: value })).toEqual([variable]))

  test.each([
    ['MASTER_KEY_FILE', { MASTER_KEY: masterKey, MASTER_KEY_FILE: './key' }],
    ['LOGIN_LOCKOUT_MAX_SECONDS', { LOGIN_LOCKOUT_SECONDS: '61', LOGIN_LOCKOUT_MAX_SECONDS: '60' }],
    ['ARGON2_MEMORY_KIB', { ARGON2_MEMORY_KIB: '31', ARGON2_PARALLELISM: '4' }],
    ['PUBLIC_ORIGIN', { NODE_ENV: 'production', HOST: '0.0.0.0' }],
    ['PUBLIC_ORIGIN', { NODE_ENV: 'production', HOST: '0.0.0.0', PUBLIC_ORIGIN: 'http://example.org' }],
    ['EVENT_STORE', { NODE_ENV: 'production', EVENT_STORE: 'memory' }],
  ])('refuses %s when it contradicts another', (variable, environment) => expect(named(environment)).toEqual([variable]))

  test('takes them when they agree', () => {
    expect(isRight(readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', PUBLIC_ORIGIN: 'https://example.org' }))).toBe(true)
    expect(isRight(readConfig({ NODE_ENV: 'production' }))).toBe(true)
    expect(values({ MASTER_KEY: masterKey }).MASTER_KEY).toBe(masterKey)
  })
})

test('the effective policy holds no secret', () => {
  const policy = effectivePolicy(values({ MASTER_KEY: masterKey, SETUP_TOKEN: 'a-setup-token-4711', TRUSTED_PROXIES: '10.0.0.0/8,::1' }))
  expect(JSON.stringify(policy)).not.toContain(masterKey)
  expect(JSON.stringify(policy)).not.toContain('4711')
  expect([policy.MASTER_KEY, policy.SETUP_TOKEN, policy.TRUSTED_PROXIES]).toEqual(['given', 'given', ['10.0.0.0/8', '::1/128']])
})

test('docs/configuration.md is what is read', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../docs/configuration.md')
})
