import { randomBytes } from 'node:crypto'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type Environment, effectivePolicy, readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { variables } from '../../../infrastructure/configuration/variables.ts'
import { configurationPage } from '../../../scripts/docs/configuration-page.ts'

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

  test('takes a name with the prefix before the bare one, which may be of another program', () => {
    expect(values({ GATEBOOK_PORT: '80', PORT: 'http' }).PORT).toBe(80)
    expect(values({ GATEBOOK_PORT: ' ', PORT: '81' }).PORT).toBe(81)
    expect(named({ GATEBOOK_PORT: 'http', PORT: '80' })).toEqual(['GATEBOOK_PORT'])
    expect(named({ PORT: 'http' })).toEqual(['PORT'])
  })

  test('does not take the address that Kubernetes puts into GATEBOOK_PORT for a port', () => {
    expect(values({ GATEBOOK_PORT: 'tcp://10.0.0.1:80', PORT: '81' }).PORT).toBe(81)
    expect(values({ GATEBOOK_PORT: 'tcp://10.0.0.1:80' }).PORT).toBe(1984)
  })

  test('takes each of its variables by either name', () => {
    for (const name of Object.keys(variables)) {
      const given = (environment: Environment) => readConfig({ DATA_DIR: './data', ...environment })
      for (const value of ['1', 'true', 'nonsense\u0000']) {
        const [bare, prefixed] = [given({ [name]: value }), given({ [`GATEBOOK_${name}`]: value })]
        if (isRight(bare)) expect(prefixed).toEqual(bare)
        else expect(isLeft(prefixed)).toBe(true)
      }
    }
  })

  test('reads how long what is kept by its kind', () => {
    expect(values({ AUDIT_RETENTION: 'attempts=90, sessions=365' }).AUDIT_RETENTION).toEqual({ attempts: 90, sessions: 365 })
    expect(values().AUDIT_RETENTION).toEqual({})
  })

  test('tells all mistakes at once', () =>
    expect(named({ PORT: '70000', EVENT_STORE: 'postgres', LOGIN_MAX_ATTEMPTS: '0' })).toEqual([
      'PORT',
      'EVENT_STORE',
      'LOGIN_MAX_ATTEMPTS',
    ]))

  test.each([
    ['PORT', ' 80'],
    ['AUDIT_RETENTION', 'attempts'],
    ['AUDIT_RETENTION', 'attempts=0'],
    ['AUDIT_RETENTION', 'attempts=1,attempts=2'],
    ['AUDIT_RETENTION', 'everything=1'],
    ['AUDIT_RETENTION', 'sessions=36501'],
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
    ['SETUP_TOKEN', 'a'.repeat(16)],
    ['SETUP_TOKEN', 'ab'.repeat(100)],
    ['REGISTRATION', 'Open'],
    ['LOG_LEVEL', 'verbose'],
    ['ARGON2_MEMORY_KIB', '7'],
    ['MAX_OTP_ATTEMPTS', '0'],
    ['OTP_LOCKOUT_SECONDS', '0'],
    ['OTP_PROVIDER', 'sms'],
    ['TOTP_ENABLED', 'no'],
    ['TOTP_SECRETS', 'plain'],
    ['TOTP_WINDOW', '11'],
    ['TOTP_ISSUER', 'Gate:book'],
    ['SERVICE_NAME', 'x'.repeat(65)],
    ['SERVICE_NAME', 'Gate\nbook'],
    ['BRAND_COLOR', 'green'],
    ['BRAND_COLOR', '#fff'],
    ['BRAND_COLOR', '#0a7f5c;'],
    ['TOTP_ISSUER', 'x'.repeat(65)],
    ['RECOVERY_CODES', 'none'],
    ['RECOVERY_CODE_COUNT', '0'],
    ['RECOVERY_CODE_COUNT', '101'],
    ['SECOND_FACTOR_ROLES', 'Admin'],
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://mail.example.org/path'],
    ['SMTP_URL', 'smtp://mail.example.org?logger=true'],
    ['SMTP_URL', 'smtp://mail.example.org?requireTLS=false&debug=true'],
    ['MAIL_FROM', 'Gatebook'],
    ['MAIL_FROM', 'a@example.org, b@example.org'],
    ['MAIL_FROM', 'a@example.org\r\nBcc: b@example.org'],
    ['MAIL_FROM', 'A <a@example.org> <b@example.org>'],
  ])('refuses %s=%j by name, without the value', (variable, value) => {
    const found = mistakes({ [variable]: value })
    expect(found.map((mistake) => mistake.variable)).toEqual([variable])
    expect(Object.keys(found[0] ?? {})).toEqual(['variable', 'expected'])
  })

  test('never repeats a value', () => {
    const canary = 'canary-4711'
    const wrong = Object.fromEntries(Object.keys(variables).map((name) => [name, `${canary}! \n`]))
    expect(JSON.stringify(mistakes(wrong))).not.toContain(canary)
    expect(mistakes(wrong).length).toBe(Object.keys(variables).length)
  })

  test.each([
    ['MASTER_KEY_FILE', { MASTER_KEY: masterKey, MASTER_KEY_FILE: './key' }],
    ['LOGIN_LOCKOUT_MAX_SECONDS', { LOGIN_LOCKOUT_SECONDS: '61', LOGIN_LOCKOUT_MAX_SECONDS: '60' }],
    ['ARGON2_MEMORY_KIB', { ARGON2_MEMORY_KIB: '31', ARGON2_PARALLELISM: '4' }],
    ['PUBLIC_ORIGIN', { NODE_ENV: 'production', HOST: '0.0.0.0' }],
    ['PUBLIC_ORIGIN', { NODE_ENV: 'production', HOST: '0.0.0.0', PUBLIC_ORIGIN: 'http://example.org' }],
    ['EVENT_STORE', { NODE_ENV: 'production', EVENT_STORE: 'memory' }],
    ['EVENTSTOREDB_URL', { EVENT_STORE: 'eventstoredb', MASTER_KEY: masterKey }],
    ['MASTER_KEY', { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://localhost:2113' }],
    [
      'AUDIT_RETENTION',
      { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://localhost:2113', MASTER_KEY: masterKey, AUDIT_RETENTION: 'sessions=90' },
    ],
    ['TOTP_ENABLED', { NODE_ENV: 'production', TOTP_ENABLED: 'false' }],
    ['OTP_PROVIDER', { TOTP_ENABLED: 'false', OTP_PROVIDER: 'email' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.org' }],
  ])('refuses %s when it contradicts another', (variable, environment) => expect(named(environment)).toEqual([variable]))

  test('takes them when they agree', () => {
    expect(isRight(readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', PUBLIC_ORIGIN: 'https://example.org' }))).toBe(true)
    expect(isRight(readConfig({ NODE_ENV: 'production' }))).toBe(true)
    expect(values({ MASTER_KEY: masterKey }).MASTER_KEY).toBe(masterKey)
    expect(values({ TOTP_ENABLED: 'false' }).TOTP_ENABLED).toBe(false)
    const cluster = { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://localhost:2113' }
    expect(values({ ...cluster, MASTER_KEY: masterKey }).EVENT_STORE).toBe('eventstoredb')
    expect(values({ ...cluster, MASTER_KEY_FILE: './key' }).MASTER_KEY_FILE).toBe('./key')
  })

  test('has a second factor by authenticator, with sealed secrets and single-use codes, that no role needs', () => {
    const { MAX_OTP_ATTEMPTS, OTP_LOCKOUT_SECONDS, OTP_PROVIDER, TOTP_ENABLED, TOTP_SECRETS, TOTP_WINDOW, TOTP_ISSUER, ...others } =
      values()
    expect([MAX_OTP_ATTEMPTS, OTP_LOCKOUT_SECONDS, OTP_PROVIDER, TOTP_ENABLED]).toEqual([5, 60, 'totp', true])
    expect([TOTP_SECRETS, TOTP_WINDOW, TOTP_ISSUER]).toEqual(['sealed', 1, 'Gatebook'])
    expect([others.RECOVERY_CODES, others.RECOVERY_CODE_COUNT, others.SECOND_FACTOR_ROLES]).toEqual(['single-use', 10, []])
  })

  test('takes the second factor and mail as they are set', () => {
    const set = {
      REGISTRATION: 'verified',
      OTP_PROVIDER: 'email',
      TOTP_SECRETS: 'derived',
      TOTP_ISSUER: 'Ada & Söhne',
      RECOVERY_CODES: 'jump-ahead',
      SMTP_URL: 'smtps://user:p%40ss@mail.example.org:465',
      MAIL_FROM: 'Ada & Söhne <no-reply@example.org>',
    }
    expect(values({ ...set, SECOND_FACTOR_ROLES: 'admin, editor' })).toMatchObject({ ...set, SECOND_FACTOR_ROLES: ['admin', 'editor'] })
    expect(values({ SECOND_FACTOR_ROLES: '*' }).SECOND_FACTOR_ROLES).toEqual(['*'])
    for (const url of ['smtp://localhost:25', 'smtp://[::1]:25/', 'smtp://mail:25?requireTLS=false'])
      expect(values({ SMTP_URL: url, MAIL_FROM: 'no-reply@example.org' }).SMTP_URL).toBe(url)
  })
})

test('the effective policy holds no secret', () => {
  const mail = { SMTP_URL: 'smtp://user:4711@mail.example.org', MAIL_FROM: 'no-reply@example.org' }
  const cluster = { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://user:4711@localhost:2113' }
  const policy = effectivePolicy(
    values({ MASTER_KEY: masterKey, SETUP_TOKEN: 'a-setup-token-4711', TRUSTED_PROXIES: '10.0.0.0/8,::1', ...mail, ...cluster }),
  )
  expect(JSON.stringify(policy)).not.toContain(masterKey)
  expect(JSON.stringify(policy)).not.toContain('4711')
  expect([policy.MASTER_KEY, policy.SETUP_TOKEN, policy.TRUSTED_PROXIES]).toEqual(['set', 'set', ['10.0.0.0/8', '::1/128']])
})

test('docs/configuration.md is what is read', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../../docs/configuration.md')
})
