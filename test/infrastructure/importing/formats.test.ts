import { describe, expect, test } from 'vitest'
import { auth0User } from '../../../infrastructure/importing/formats/auth0.ts'
import { betterAuthUser } from '../../../infrastructure/importing/formats/better-auth.ts'
import { csvAccounts } from '../../../infrastructure/importing/formats/csv.ts'
import { firebaseUser } from '../../../infrastructure/importing/formats/firebase.ts'
import { readHashConfig } from '../../../infrastructure/importing/formats/firebase-hash.ts'
import { keycloakUser } from '../../../infrastructure/importing/formats/keycloak.ts'

const email = 'ada@example.org'
const bcrypt = '$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2'

describe('a user of Keycloak', () => {
  const credential = (secretData: object, credentialData: object, type = 'password') => ({
    type,
    secretData: JSON.stringify(secretData),
    credentialData: JSON.stringify(credentialData),
  })
  const pbkdf2 = credential(
    { value: 'dmFsdWU=', salt: 'c2FsdA==', additionalParameters: {} },
    { hashIterations: 210_000, algorithm: 'pbkdf2-sha512', additionalParameters: {} },
  )
  const parameters = { hashLength: ['32'], memory: ['7168'], type: ['id'], version: ['1.3'], parallelism: ['1'] }
  const argon2 = credential(
    { value: 'dmFsdWU=', salt: 'c2FsdA==' },
    { hashIterations: 5, algorithm: 'argon2', additionalParameters: parameters },
  )
  const otp = (more: object = {}) =>
    credential({ value: 'abcdefghijklmnopqrst' }, { subType: 'totp', digits: 6, period: 30, algorithm: 'HmacSHA1', ...more }, 'otp')
  const user = (more: object = {}) => ({ username: 'ada', email, emailVerified: true, enabled: true, ...more })

  test('keeps address, state, roles and hash', () => {
    const realmRoles = ['clerk', 'offline_access', 'uma_authorization', 'default-roles-x']
    expect(keycloakUser(user({ enabled: false, realmRoles, credentials: [pbkdf2] }))).toEqual({
      account: {
        email,
        emailVerified: true,
        disabled: true,
        passwordHash: '$pbkdf2-sha512$i=210000$c2FsdA==$dmFsdWU=',
        roles: ['clerk'],
      },
      unsupportedFactor: false,
    })
  })

  test.each([
    ['argon2', argon2, '$argon2id$v=19$m=7168,t=5,p=1$c2FsdA$dmFsdWU'],
    [
      'pbkdf2',
      credential({ value: 'dg==', salt: 'cw==' }, { hashIterations: 20_000, algorithm: 'pbkdf2' }),
      '$pbkdf2-sha1$i=20000$cw==$dg==',
    ],
    ['bcrypt of an extension', credential({ value: bcrypt, salt: '' }, { hashIterations: 5, algorithm: 'bcrypt' }), bcrypt],
    [
      'the form before Keycloak 8',
      { type: 'password', hashedSaltedValue: 'dg==', salt: 'cw==', hashIterations: 27_500, algorithm: 'pbkdf2-sha256' },
      '$pbkdf2-sha256$i=27500$cw==$dg==',
    ],
    ['another method', credential({ value: 'x', salt: 'y' }, { algorithm: 'toString' }), 'unknown'],
    ['broken JSON', { type: 'password', secretData: '{', credentialData: '{}' }, 'unknown'],
  ])('has a hash: %s', (_, given, passwordHash) => {
    expect(keycloakUser(user({ credentials: [given] }))).toMatchObject({ account: { passwordHash } })
  })

  test('keeps the codes of an authenticator, whose key is the text', () => {
    expect(keycloakUser(user({ credentials: [otp()] }))).toMatchObject({
      account: { passwordHash: null, totpSecret: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U' },
      unsupportedFactor: false,
    })
    expect(keycloakUser(user({ credentials: [otp({ secretEncoding: 'BASE32' })] }))).toMatchObject({
      account: { totpSecret: 'abcdefghijklmnopqrst' },
    })
  })

  test.each([otp({ algorithm: 'HmacSHA256' }), otp({ digits: 8 }), otp({ period: 60 }), otp({ subType: 'hotp' }), { type: 'webauthn' }])(
    'with another second factor says so: %j',
    (given) => expect(keycloakUser(user({ credentials: [given] }))).toMatchObject({ unsupportedFactor: true }),
  )

  test.each([
    [{ credentials: [otp({ secretEncoding: 'HEX' })] }],
    [{ credentials: [otp({ algorithm: 'HmacSHA512' })] }],
    [{ credentials: [{ type: 'sms-authenticator' }] }],
    [{ credentials: [{ type: 'recovery-authn-codes' }] }],
    [{ credentials: [{ type: 'totp', hashedSaltedValue: 'x' }] }],
    [{ credentials: [pbkdf2, {}] }],
    [{ credentials: [pbkdf2, 'otp'] }],
    [{ credentials: { otp: {} } }],
    [{ totp: true }],
  ])('with a second factor that nobody here knows says so: %j', (more) =>
    expect(keycloakUser(user(more))).toMatchObject({ unsupportedFactor: true }),
  )

  test('without one does not, and one that is known is enough', () => {
    const history = { ...pbkdf2, type: 'password-history' }
    expect(keycloakUser(user({ totp: false, credentials: [pbkdf2, history] }))).toMatchObject({ unsupportedFactor: false })
    const credentials = [{ type: 'webauthn' }, otp({ digits: 8 }), otp()]
    expect(keycloakUser(user({ totp: true, credentials }))).toMatchObject({
      account: { totpSecret: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U' },
      unsupportedFactor: false,
    })
  })

  test('does not hide a secret that is no UTF-8', () => {
    const code = credential({ value: '\ufffdbcdefghijklmnopqrst' }, { subType: 'totp', digits: 6, period: 30 }, 'otp')
    expect(JSON.stringify(keycloakUser(user({ credentials: [code] })))).toContain('\ufffd')
  })

  test('is no service account', () => expect(keycloakUser(user({ serviceAccountClientId: 'x' }))).toHaveProperty('refused'))
})

describe('a row of CSV', () => {
  const read = (header: string, line: string) => csvAccounts(header)?.(line)
  test('has the columns that its header names', () => {
    expect(read('email,roles,email_verified,claims,disabled', `${email},clerk baker;cook,TRUE,"{""plan"":""gold""}",0`)).toEqual({
      account: { email, roles: ['clerk', 'baker', 'cook'], emailVerified: true, claims: { plan: 'gold' }, disabled: false },
    })
    expect(read('email,password_hash', `${email},`)).toEqual({ account: { email } })
    expect(read('email,disabled', `${email},yes`)).toEqual({ account: { email, disabled: 'yes' } })
  })
  test.each([`${email}`, `${email},a,b`, `"${email},a`, `${email},"a"b`])('is refused by itself: %s', (line) => {
    expect(read('email,roles', line)).toEqual({ refused: 'line: expected 2 fields' })
  })
  test.each(['email,name', 'roles', 'email,email', '', '"email', 'email,'])('has a header of known columns: %s', (header) => {
    expect(csvAccounts(header)).toBeNull()
  })
})

test('a row of Better Auth', () => {
  const password = `${'0'.repeat(32)}:${'1'.repeat(128)}`
  expect(betterAuthUser({ email, emailVerified: 1, password, role: 'user, clerk', banned: 1, twoFactorEnabled: 0 })).toEqual({
    account: { email, emailVerified: true, disabled: true, passwordHash: `better-auth:${password}`, roles: ['user', 'clerk'] },
    unsupportedFactor: false,
  })
  expect(betterAuthUser({ email, emailVerified: 0, password: bcrypt, twoFactorEnabled: 1 })).toMatchObject({
    account: { passwordHash: bcrypt, emailVerified: false },
    unsupportedFactor: true,
  })
  expect(betterAuthUser({ email, password: null })).toMatchObject({ account: { passwordHash: null } })
})

test.each([1, '1', true, 'true', 'yes'])('a row of Better Auth that is banned or has a second factor, however it is written: %j', (yes) => {
  expect(betterAuthUser({ email, banned: yes })).toMatchObject({ account: { disabled: true }, unsupportedFactor: false })
  expect(betterAuthUser({ email, twoFactorEnabled: yes })).toMatchObject({ account: { disabled: false }, unsupportedFactor: true })
})

test.each([0, '0', null, undefined, false])('a row of Better Auth that is neither: %j', (no) => {
  expect(betterAuthUser({ email, banned: no, twoFactorEnabled: no })).toMatchObject({
    account: { disabled: false },
    unsupportedFactor: false,
  })
})

describe('a user of Auth0', () => {
  const hashOf = (user: object) => {
    const read = auth0User(JSON.stringify({ email, ...user }))
    return 'account' in read ? (read.account as { passwordHash: unknown }).passwordHash : read
  }
  const custom = (algorithm: string, hash: object, more: object = {}) => hashOf({ custom_password_hash: { algorithm, hash, ...more } })

  test('of the file of password hashes', () => {
    const line = { _id: { $oid: 'x' }, email, email_verified: true, passwordHash: bcrypt, tenant: 'x', connection: 'y' }
    expect(auth0User(JSON.stringify(line))).toEqual({
      account: { email, emailVerified: true, disabled: false, passwordHash: bcrypt },
      unsupportedFactor: false,
    })
  })
  test('of the schema of bulk imports', () => {
    expect(hashOf({ password_hash: bcrypt })).toBe(bcrypt)
    expect(hashOf({})).toBeNull()
    expect(custom('bcrypt', { value: bcrypt })).toBe(bcrypt)
    expect(custom('md5', { value: 'X03MO1qnZdYdgyfeuILPmQ==', encoding: 'base64' })).toBe('md5:5f4dcc3b5aa765d61d8327deb882cf99')
    expect(custom('sha1', { value: 'ab' }, { salt: { value: 'cd', encoding: 'hex', position: 'suffix' } })).toBe('sha1:salt-after:zQ==:ab')
    expect(custom('sha256', { value: 'ab' }, { salt: { value: 'salt' } })).toBe('sha256:salt-before:c2FsdA==:ab')
    const cost = { salt: { value: 'salt' }, cost: 16_384, blockSize: 8, parallelization: 1, keylen: 2 }
    expect(custom('scrypt', { value: 'q80=', encoding: 'base64' }, cost)).toBe('$scrypt$ln=14,r=8,p=1$c2FsdA==$q80=')
    expect(custom('ldap', { value: '{SSHA}x' })).toBe('unknown')
    expect(custom('hmac', {})).toBe('unknown')
  })
  test('has a second factor', () => {
    expect(auth0User(JSON.stringify({ email, mfa_factors: [{ totp: { secret: 'ABC' } }] }))).toMatchObject({
      account: { totpSecret: 'ABC' },
    })
    expect(auth0User(JSON.stringify({ email, mfa_factors: [{ phone: { value: '+1' } }] }))).toMatchObject({ unsupportedFactor: true })
  })
  test.each([
    { mfa_factors: [{ totp: { secret: 'ABC', algorithm: 'SHA512' } }] },
    { mfa_factors: [{ totp: { secret: 'ABC', digits: 8 } }] },
    { mfa_factors: [{ totp: { secret: 'ABC', period: 60 } }] },
    { mfa_factors: [{ totp: 'ABC' }] },
    { mfa_factors: ['totp'] },
    { mfa_factors: { totp: { secret: 'ABC' } } },
    { multifactor: ['guardian'] },
    { guardian_authenticators: [{ type: 'push' }] },
  ])('with a second factor that nobody here knows says so: %j', (more) => {
    expect(auth0User(JSON.stringify({ email, ...more }))).toMatchObject({ unsupportedFactor: true })
  })
  test('with codes and no secret is left to be refused', () => {
    expect(auth0User(JSON.stringify({ email, mfa_factors: [{ totp: {} }] }))).toMatchObject({ account: { totpSecret: null } })
    expect(auth0User(JSON.stringify({ email, mfa_factors: [], multifactor: [] }))).toMatchObject({ unsupportedFactor: false })
  })
  test.each(['{', '[]', '"x"', 'null'])('is an object: %s', (line) =>
    expect(auth0User(line)).toEqual({ refused: 'line: expected a JSON object' }),
  )
})

describe('a project of Firebase', () => {
  const text =
    'hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: c2lnbg==,\n  base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}'
  const config = readHashConfig(text)
  test('has a hash_config', () => {
    expect(config).toEqual({ signerKey: 'c2lnbg==', saltSeparator: 'Bw==', rounds: 8, memCost: 14 })
    for (const name of ['SCRYPT', 'base64_signer_key', 'rounds', 'mem_cost', 'base64_salt_separator']) {
      expect([name, readHashConfig(text.replace(name, 'x'))]).toEqual([name, null])
    }
  })
  test('has users', () => {
    const user = { localId: 'x', email, emailVerified: true, passwordHash: 'aGFzaA==', salt: 'c2FsdA==', disabled: true }
    expect(firebaseUser(config)({ ...user, customAttributes: '{"plan":"gold"}' })).toEqual({
      account: {
        email,
        emailVerified: true,
        disabled: true,
        passwordHash: '$firebase-scrypt$ln=14,r=8$c2FsdA==$Bw==$c2lnbg==$aGFzaA==',
        claims: { plan: 'gold' },
      },
      unsupportedFactor: false,
    })
    expect(firebaseUser(config)({ email, mfaInfo: [{}] })).toMatchObject({ account: { passwordHash: null }, unsupportedFactor: true })
    expect(firebaseUser(null)(user)).toMatchObject({ account: { passwordHash: 'unknown' } })
  })
})

test.each([{ mfaInfo: {} }, { mfaInfo: [1] }, { multiFactor: { enrolledFactors: [{}] } }, { multiFactor: true }])(
  'a user of Firebase with a second factor says so: %j',
  (more) => expect(firebaseUser(null)({ email, ...more })).toMatchObject({ unsupportedFactor: true }),
)
