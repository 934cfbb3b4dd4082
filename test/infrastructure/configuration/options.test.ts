import { openGatebook } from 'gatebook'
import { describe, expect, test, vi } from 'vitest'
import type { GatebookOptions } from '../../../composition/host-options.ts'
import { variableOf } from '../../../infrastructure/configuration/options/option-names.ts'
import { readOptions, unknownOptions } from '../../../infrastructure/configuration/options/read-options.ts'
import { type Environment, readConfig } from '../../../infrastructure/configuration/read-config.ts'

const read = (options: object, environment: Environment = {}) => readOptions(options, environment)
const values = (options: object, environment: Environment = {}) => {
  const outcome = read(options, environment)
  if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}
const mistakes = (options: object, environment: Environment = {}) => {
  const outcome = read(options, environment)
  return outcome._tag === 'Left' ? outcome.left.map(({ variable, expected }) => `${variable}: ${expected}`) : []
}

describe('typed options', () => {
  test('are the variables, without options the defaults', () => expect(read({})).toEqual(readConfig({})))

  test('are numbers, booleans, words and lists', () => {
    const options = {
      sessionIdleSeconds: 60,
      acceptClockJump: true,
      registration: 'closed',
      allowedOrigins: ['https://a.example', 'https://b.example'],
    }
    expect(values(options)).toEqual({
      ...values({}),
      SESSION_IDLE_SECONDS: 60,
      ACCEPT_CLOCK_JUMP: true,
      REGISTRATION: 'closed',
      ALLOWED_ORIGINS: ['https://a.example', 'https://b.example'],
    })
    expect(values({ trustedProxies: ['10.0.0.0/8'] }).TRUSTED_PROXIES).toEqual(
      values({}, { TRUSTED_PROXIES: '10.0.0.0/8' }).TRUSTED_PROXIES,
    )
  })

  test.each([
    ['sessionIdleSeconds', '60'],
    ['sessionIdleSeconds', 0],
    ['sessionIdleSeconds', 1.5],
    ['sessionIdleSeconds', Number.NaN],
    ['sessionIdleSeconds', null],
    ['sessionIdleSeconds', [60]],
    ['acceptClockJump', 'true'],
    ['acceptClockJump', 1],
    ['registration', 'shut'],
    ['dataDir', ''],
    ['dataDir', 7],
    ['allowedOrigins', 'https://a.example'],
    ['allowedOrigins', ['https://a.example,https://b.example']],
    ['allowedOrigins', ['']],
    ['allowedOrigins', [7]],
    ['masterKey', 'c2hvcnQ='],
  ])('%s of %j is a mistake that names the option and not the value', (name, value) => {
    const [mistake = '', ...others] = mistakes({ [name]: value })
    expect(others).toEqual([])
    expect(mistake).toMatch(new RegExp(`^${name}: `))
    if (typeof value === 'string' && value.length > 4) expect(mistake).not.toContain(value)
  })

  test('come before the variables, which are read only if they are handed over', () => {
    const environment = { SESSION_IDLE_SECONDS: '100', REFRESH_SECONDS: '200', ALLOWED_ORIGINS: 'https://a.example' }
    const { SESSION_IDLE_SECONDS, REFRESH_SECONDS, ALLOWED_ORIGINS } = values({ sessionIdleSeconds: 60, allowedOrigins: [] }, environment)
    expect({ SESSION_IDLE_SECONDS, REFRESH_SECONDS, ALLOWED_ORIGINS }).toEqual({
      SESSION_IDLE_SECONDS: 60,
      REFRESH_SECONDS: 200,
      ALLOWED_ORIGINS: [],
    })
    expect(mistakes({ sessionIdleSeconds: 60 }, { REFRESH_SECONDS: 'x' })).toEqual([expect.stringMatching(/^REFRESH_SECONDS: /)])
  })

  test('contradict each other in their own words', () => {
    expect(mistakes({ loginLockoutSeconds: 100, loginLockoutMaxSeconds: 50 })).toEqual([
      'loginLockoutMaxSeconds: at least loginLockoutSeconds',
    ])
    const environment = { LOGIN_LOCKOUT_SECONDS: '100', LOGIN_LOCKOUT_MAX_SECONDS: '50' }
    expect(mistakes({}, environment)).toEqual(['LOGIN_LOCKOUT_MAX_SECONDS: at least LOGIN_LOCKOUT_SECONDS'])
  })

  test('that do not exist are refused with the nearest name', () => {
    expect(unknownOptions({ sesionIdleSeconds: 1 }, [])).toEqual(['sesionIdleSeconds is not an option: is sessionIdleSeconds meant?'])
    expect(unknownOptions({ SESSION_IDLE_SECONDS: '1' }, [])).toEqual([
      'SESSION_IDLE_SECONDS is not an option: is sessionIdleSeconds meant?',
    ])
    expect(unknownOptions({ enviroment: {} }, ['environment'])).toEqual(['enviroment is not an option: is environment meant?'])
    expect(unknownOptions({ port: 80 }, [])).toEqual(['port is not an option'])
    expect(unknownOptions({ 'a\nb': 1 }, [])).toEqual(['one of the names is not an option'])
  })

  test('have no name twice', () => expect(variableOf.size).toBe(new Set(variableOf.values()).size))
})

test('openGatebook refuses wrong options before it opens anything', async () => {
  const dataDir = '/nonexistent/gatebook'
  const opening = (options: object) => openGatebook({ dataDir, ...options } as GatebookOptions)
  await expect(opening({ sesionIdleSeconds: 1 })).rejects.toThrow(
    new TypeError('sesionIdleSeconds is not an option: is sessionIdleSeconds meant?'),
  )
  await expect(opening({ sessionIdleSeconds: -1 })).rejects.toThrow(/^sessionIdleSeconds: expected a whole number/)
  await expect(opening({ otpProvider: 'pigeon' })).rejects.toThrow(/^otpProvider: expected one of totp, email$/)
})

test('openGatebook keeps the rules of production if the process says so, and reads no other variable of it', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubEnv('SESSION_IDLE_SECONDS', 'soon')
  try {
    const opening = openGatebook({ dataDir: '/nonexistent/gatebook', argon2MemoryKib: 8 })
    await expect(opening).rejects.toThrow(/^argon2MemoryKib: expected .* when nodeEnv is production$/)
  } finally {
    vi.unstubAllEnvs()
  }
})
