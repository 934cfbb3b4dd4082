import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { parseNetwork } from '../../../application/network.ts'
import { policyInForce } from '../../../infrastructure/configuration/policy-in-force.ts'
import { effectivePolicy, readConfig } from '../../../infrastructure/configuration/read-config.ts'
import type { Variable } from '../../../infrastructure/configuration/readers.ts'
import { sectionOf } from '../../../infrastructure/configuration/sections.ts'
import { type Values, variables } from '../../../infrastructure/configuration/variables.ts'

const all: readonly (readonly [string, Variable<unknown>])[] = Object.entries(variables)

/** Numbers, flags and choices are no text that a secret could be in. */
const isClosed = ({ reader }: Variable<unknown>) => /^(a whole number from|one of|true or false)/.test(reader.name)

const shownTexts = [
  'ALLOWED_ORIGINS',
  'AUDIT_RETENTION',
  'BLOB_DIR',
  'BRAND_COLOR',
  'BRAND_LOGO',
  'BREACHED_PASSWORDS',
  'CHECKPOINT_FILE',
  'CONSENTS_FILE',
  'DATA_DIR',
  'EMAIL_CHANGE_URL',
  'HOST',
  'INVITATION_URL',
  'MAIL_FROM',
  'MASTER_KEY_FILE',
  'METRICS_HOST',
  'NODE_ENV',
  'PUBLIC_ORIGIN',
  'REGISTER_URL',
  'RESET_URL',
  'SECOND_FACTOR_ROLES',
  'SERVICE_NAME',
  'SERVICE_TOKENS_FILE',
  'TOTP_ISSUER',
  'TRUSTED_PROXIES',
]

const marked = (name: string) => `secret-of-${name}`

/** Whatever its reader would say, each text holds something that must not get out. */
const secretEverywhere = () => {
  const values = readConfig({})
  if (isLeft(values)) throw new Error('the defaults are refused')
  const texts = all.filter(([, variable]) => !isClosed(variable)).map(([name]) => [name, marked(name)])
  return { ...values.right, ...Object.fromEntries(texts) } as Values
}

describe('the policy in force', () => {
  test('shows the text of the variables that are named here, and of no other', () => {
    const shown = policyInForce(secretEverywhere()).filter(({ value, variable }) => value === marked(variable))
    expect(shown.map(({ variable }) => variable).toSorted()).toEqual(shownTexts)
  })

  test('and the log at startup hold no other text', () => {
    const values = secretEverywhere()
    for (const text of [JSON.stringify(policyInForce(values)), JSON.stringify(effectivePolicy(values))]) {
      const leaked = all.map(([name]) => name).filter((name) => text.includes(`"${marked(name)}"`))
      expect(leaked.toSorted()).toEqual(shownTexts)
    }
  })

  test('says for each secret whether it is set', () => {
    const secrets = all.filter(([, { isSecret }]) => isSecret === true).map(([name]) => name)
    expect(secrets).toEqual(
      expect.arrayContaining(['MASTER_KEY', 'SETUP_TOKEN', 'METRICS_TOKEN', 'SMTP_URL', 'EVENTSTOREDB_URL', 'SERVICE_TOKENS']),
    )
    const valuesOf = (values: Values) =>
      policyInForce(values)
        .filter(({ variable }) => secrets.includes(variable))
        .map(({ value }) => value)
    expect(new Set(valuesOf(secretEverywhere()))).toEqual(new Set(['set']))
    const none = readConfig({})
    expect(isLeft(none) ? [] : [...new Set(valuesOf(none.right))]).toEqual([null])
  })

  test('does not name a blocked address', () => {
    const blocked = parseNetwork('203.0.113.77')
    const values = { ...secretEverywhere(), BLOCKED_ADDRESSES: blocked === undefined ? [] : [blocked] }
    expect(JSON.stringify(policyInForce(values))).not.toContain('203.0.113')
  })

  test('has a section for each variable', () => expect(Object.keys(sectionOf).toSorted()).toEqual(Object.keys(variables).toSorted()))
})
