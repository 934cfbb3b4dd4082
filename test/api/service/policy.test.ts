import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { variables } from '../../../infrastructure/configuration/variables.ts'
import { type InProcess, setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const env = {
  SMTP_URL: 'smtp://mailer:secret-4711@127.0.0.1:1',
  MAIL_FROM: 'no-reply@example.org',
  MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  METRICS_TOKEN: 'a-metrics-token-4711',
  BLOCKED_ADDRESSES: '203.0.113.77',
  TRUSTED_PROXIES: '10.0.0.0/8',
  LOGIN_MAX_ATTEMPTS: '4',
}

type Entry = { readonly variable: string; readonly value: unknown; readonly default: unknown }

describe('the policy in force', () => {
  let app: InProcess
  let root: string
  beforeAll(async () => {
    app = await startTestServer({ env })
    root = (await app.setUp(setupToken)).token
  })
  afterAll(() => app.stop())

  test('lists every variable with its section, value, default and meaning', async () => {
    const { status, body } = await app.get('/admin/policy', root)
    expect(status).toBe(200)
    expect(body.policy.map(({ variable }: Entry) => variable).toSorted()).toEqual(Object.keys(variables).toSorted())
    expect(body.policy).toContainEqual({
      variable: 'LOGIN_MAX_ATTEMPTS',
      section: 'Limits',
      value: 4,
      default: 5,
      description: 'Failed attempts in a row before login is locked.',
    })
    const found = new Map<string, Entry>(body.policy.map((entry: Entry) => [entry.variable, entry]))
    expect(found.get('PASSWORD_MIN_LENGTH')).toMatchObject({ value: null, default: '15; 8 with a second factor' })
    expect(found.get('TRUSTED_PROXIES')).toMatchObject({ value: ['10.0.0.0/8'], default: [] })
    expect(found.get('TOTP_ENABLED')).toMatchObject({ value: true, default: true })
    for (const secret of ['SMTP_URL', 'MASTER_KEY', 'METRICS_TOKEN', 'SETUP_TOKEN', 'BLOCKED_ADDRESSES'])
      expect(found.get(secret)).toMatchObject({ value: 'set' })
    expect(found.get('EVENTSTOREDB_URL')).toMatchObject({ value: null, default: null })
  })

  test('holds no secret and no address of a person, and reading it is no event', async () => {
    const head = () => app.gatebook.store.head()()
    const before = await head()
    const { text } = await app.get('/admin/policy', root)
    for (const secret of ['4711', env.MASTER_KEY, setupToken, '203.0.113.77', 'mailer']) expect(text).not.toContain(secret)
    expect(await head()).toEqual(before)
  })
})
