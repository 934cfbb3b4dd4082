import { describe, expect, test } from 'vitest'
import { supertokensUser } from '../../../infrastructure/importing/formats/supertokens.ts'

const email = 'ada@example.org'
const bcrypt = '$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2'

describe('a user of SuperTokens', () => {
  const method = (more: object = {}) => ({
    recipeId: 'emailpassword',
    email,
    isVerified: true,
    passwordHash: bcrypt,
    hashingAlgorithm: 'bcrypt',
    ...more,
  })
  const config = { signerKey: 'c2lnbg==', saltSeparator: 'Bw==', rounds: 1, memCost: 1 }
  test('keeps address, roles, hash and codes', () => {
    const userRoles = [{ role: 'clerk', tenantIds: ['public'] }, 'baker']
    expect(
      supertokensUser(null)({ loginMethods: [method()], userRoles, totpDevices: [{ secretKey: 'ABC', period: 30, skew: 1 }] }),
    ).toEqual({
      account: { email, emailVerified: true, passwordHash: bcrypt, roles: ['clerk', 'baker'], totpSecret: 'ABC' },
      unsupportedFactor: false,
    })
  })
  test('has the primary one of several addresses', () => {
    const loginMethods = [{ recipeId: 'thirdparty', email: 't@x.org' }, method({ email: 'b@x.org' }), method({ isPrimary: true })]
    expect(supertokensUser(null)({ loginMethods })).toMatchObject({ account: { email } })
    expect(supertokensUser(null)({ loginMethods: [{ recipeId: 'passwordless', email }] })).toMatchObject({
      account: { email, passwordHash: null },
    })
    expect(supertokensUser(null)({ loginMethods: [] })).toHaveProperty('refused')
  })
  test('may come from Firebase', () => {
    const loginMethods = [method({ hashingAlgorithm: 'firebase_scrypt', passwordHash: '$f_scrypt$aGFzaA==$c2FsdA==$m=14$r=8$s=Bw==' })]
    expect(supertokensUser(config)({ loginMethods })).toMatchObject({
      account: { passwordHash: '$firebase-scrypt$ln=14,r=8$c2FsdA==$Bw==$c2lnbg==$aGFzaA==' },
    })
    expect(supertokensUser(null)({ loginMethods })).toMatchObject({ account: { passwordHash: 'unknown' } })
  })
  test('has no password in the clear', () => {
    expect(supertokensUser(null)({ loginMethods: [method({ plainTextPassword: 'secret' })] })).toMatchObject({
      account: { passwordHash: 'unknown' },
    })
  })
  test('with other codes says so', () => {
    expect(supertokensUser(null)({ loginMethods: [method()], totpDevices: [{ secretKey: 'A', period: 60 }] })).toMatchObject({
      unsupportedFactor: true,
    })
  })
  test.each([
    { totpDevices: [{ secretKey: 'A', digits: 8 }] },
    { totpDevices: [{ secretKey: 'A', algorithm: 'SHA512' }] },
    { totpDevices: ['A'] },
    { totpDevices: { secretKey: 'A' } },
    { userMetadata: { _supertokens: { requiredSecondaryFactors: ['otp-email'] } } },
  ])('with a second factor that nobody here knows says so: %j', (more) => {
    expect(supertokensUser(null)({ loginMethods: [method()], ...more })).toMatchObject({ unsupportedFactor: true })
  })
  test('has the first device whose codes are usual, and one without a secret is left to be refused', () => {
    const devices = (...totpDevices: object[]) => supertokensUser(null)({ loginMethods: [method()], totpDevices })
    expect(devices({ secretKey: 'A', period: 60 }, { secretKey: 'B', period: 30 })).toMatchObject({
      account: { totpSecret: 'B' },
      unsupportedFactor: false,
    })
    expect(devices({ period: 30 })).toMatchObject({ account: { totpSecret: null } })
    expect(devices()).toMatchObject({ unsupportedFactor: false })
  })
})
